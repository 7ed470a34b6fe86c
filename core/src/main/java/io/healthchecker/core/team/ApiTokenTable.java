package io.healthchecker.core.team;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code api_token}. Only hashes are stored; the database's clock decides what has expired. */
public final class ApiTokenTable {
    private static final String SELECT = """
            SELECT t.*, a.email FROM api_token AS t JOIN account AS a ON a.id = t.account_id
            """;

    private static final String INSERT = """
            WITH t AS (
                INSERT INTO api_token (team_id, account_id, name, scope, wall, token_hash, expires_at)
                VALUES (:teamId, :accountId, :name, :scope, :wall, :hash, clock_timestamp() + make_interval(secs => :seconds))
                RETURNING *)
            SELECT t.*, a.email FROM t JOIN account AS a ON a.id = t.account_id
            """;

    private static final String VALID =
            SELECT + " WHERE t.token_hash = :hash AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp()";

    private static final String USED = """
            UPDATE api_token SET last_used_at = clock_timestamp(), last_used_from = :from
             WHERE id = :id AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')
            """;

    private static final String OF_TEAM =
            SELECT + " WHERE t.team_id = :teamId AND t.revoked_at IS NULL ORDER BY t.id DESC LIMIT :limit";

    private static final String FIND = SELECT + " WHERE t.team_id = :teamId AND t.id = :id AND t.revoked_at IS NULL";

    private final JdbcClient jdbc;

    public ApiTokenTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param wall whether it reads what the wall shows and nothing else */
    public ApiToken insert(
            int teamId, int accountId, String name, Role scope, boolean wall, byte[] hash, Duration lifetime) {
        return jdbc.sql(INSERT)
                .param("teamId", teamId)
                .param("accountId", accountId)
                .param("name", name)
                .param("scope", scope.code())
                .param("wall", wall)
                .param("hash", hash)
                .param("seconds", lifetime.toSeconds())
                .query(ApiTokenTable::read)
                .single();
    }

    /** The token of a hash, unless it has expired or was revoked. */
    public Optional<ApiToken> valid(byte[] hash) {
        return jdbc.sql(VALID).param("hash", hash).query(ApiTokenTable::read).optional();
    }

    /** Notes a use, once a minute at most. */
    public void used(long id, String from) {
        jdbc.sql(USED).param("id", id).param("from", from).update();
    }

    /** Tokens of a team that were not revoked, newest first. */
    public List<ApiToken> ofTeam(int teamId, int limit) {
        return jdbc.sql(OF_TEAM)
                .param("teamId", teamId)
                .param("limit", limit)
                .query(ApiTokenTable::read)
                .list();
    }

    public Optional<ApiToken> find(int teamId, long id) {
        return jdbc.sql(FIND)
                .param("teamId", teamId)
                .param("id", id)
                .query(ApiTokenTable::read)
                .optional();
    }

    public void revoke(long id) {
        jdbc.sql("UPDATE api_token SET revoked_at = clock_timestamp() WHERE id = :id")
                .param("id", id)
                .update();
    }

    private static ApiToken read(ResultSet row, int number) throws SQLException {
        return new ApiToken(
                row.getLong("id"),
                row.getInt("team_id"),
                row.getInt("account_id"),
                row.getString("email"),
                row.getString("name"),
                Role.of(row.getInt("scope")),
                row.getBoolean("wall"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("last_used_at", OffsetDateTime.class)),
                row.getString("last_used_from"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
