package io.healthchecker.core.team;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code refresh_token}. Only hashes are stored; the database's clock decides what has expired. */
public final class RefreshTokenTable {
    /** Whose token it is, and the chain of tokens that it continues. */
    public record Owner(int accountId, UUID family) {}

    private static final String INSERT = """
            INSERT INTO refresh_token (token_hash, account_id, family, expires_at)
            VALUES (:hash, :accountId, :family, clock_timestamp() + make_interval(secs => :seconds))
            """;

    private static final String USE = """
            UPDATE refresh_token SET used_at = clock_timestamp()
             WHERE token_hash = :hash AND used_at IS NULL AND revoked_at IS NULL AND expires_at > clock_timestamp()
            RETURNING account_id, family
            """;

    private static final String USED_JUST_NOW = """
            SELECT account_id, family FROM refresh_token
             WHERE token_hash = :hash AND revoked_at IS NULL AND expires_at > clock_timestamp()
               AND used_at > clock_timestamp() - make_interval(secs => :seconds)
            """;

    private static final String REVOKE = """
            UPDATE refresh_token SET revoked_at = clock_timestamp() WHERE family = :family AND revoked_at IS NULL
            """;

    private static final String REVOKE_ALL = """
            UPDATE refresh_token SET revoked_at = clock_timestamp() WHERE account_id = :accountId AND revoked_at IS NULL
            """;

    // expired ones, and families beyond the newest few, so that signing in again and again fills nothing
    private static final String TRIM = """
            DELETE FROM refresh_token
             WHERE account_id = :accountId
               AND (expires_at < clock_timestamp()
                    OR family NOT IN (SELECT family FROM refresh_token WHERE account_id = :accountId
                                       GROUP BY family ORDER BY max(expires_at) DESC LIMIT :families))
            """;

    private final JdbcClient jdbc;

    public RefreshTokenTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void insert(byte[] hash, Owner owner, Duration lifetime) {
        jdbc.sql(INSERT)
                .param("hash", hash)
                .param("accountId", owner.accountId())
                .param("family", owner.family())
                .param("seconds", lifetime.toSeconds())
                .update();
    }

    /** Uses a token up; empty if it is unknown, used, revoked or expired. */
    public Optional<Owner> use(byte[] hash) {
        return jdbc.sql(USE).param("hash", hash).query(RefreshTokenTable::read).optional();
    }

    /** Whose token it is if it was used within a time before now, and its family still lives. */
    public Optional<Owner> usedJustNow(byte[] hash, Duration within) {
        return jdbc.sql(USED_JUST_NOW)
                .param("hash", hash)
                .param("seconds", within.toSeconds())
                .query(RefreshTokenTable::read)
                .optional();
    }

    /** Whose token it is or was. */
    public Optional<Owner> find(byte[] hash) {
        return jdbc.sql("SELECT account_id, family FROM refresh_token WHERE token_hash = :hash")
                .param("hash", hash)
                .query(RefreshTokenTable::read)
                .optional();
    }

    /** Ends a family: none of its tokens can be used any more. */
    public void revoke(UUID family) {
        jdbc.sql(REVOKE).param("family", family).update();
    }

    /** Ends all families of an account. */
    public void revokeAll(int accountId) {
        jdbc.sql(REVOKE_ALL).param("accountId", accountId).update();
    }

    /** Deletes what has expired of an account, and all but its newest families. */
    public void trim(int accountId, int families) {
        jdbc.sql(TRIM).param("accountId", accountId).param("families", families).update();
    }

    private static Owner read(ResultSet row, int number) throws SQLException {
        return new Owner(row.getInt("account_id"), row.getObject("family", UUID.class));
    }
}
