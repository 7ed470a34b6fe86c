package io.healthchecker.core.team;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code invitation}. Only hashes are stored; the database's clock decides what has expired. */
public final class InvitationTable {
    private static final String INSERT = """
            INSERT INTO invitation (team_id, email, role, code_hash, invited_by, expires_at)
            VALUES (:teamId, :email, :role, :hash, :by, clock_timestamp() + make_interval(secs => :seconds))
            RETURNING *
            """;

    // an invitation is used once; who comes with the wrong address leaves it as it is
    private static final String ACCEPT = """
            UPDATE invitation SET accepted_at = clock_timestamp(), accepted_by = :email
             WHERE code_hash = :hash AND accepted_at IS NULL AND expires_at > clock_timestamp()
               AND (email IS NULL OR lower(email) = lower(:email))
            RETURNING *
            """;

    private static final String OPEN = """
            SELECT * FROM invitation
             WHERE team_id = :teamId AND accepted_at IS NULL AND expires_at > clock_timestamp()
             ORDER BY id DESC
             LIMIT :limit
            """;

    private final JdbcClient jdbc;

    public InvitationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Invitation insert(int teamId, @Nullable String email, Role role, byte[] hash, String by, Duration lifetime) {
        return jdbc.sql(INSERT)
                .param("teamId", teamId)
                .param("email", email)
                .param("role", role.code())
                .param("hash", hash)
                .param("by", by)
                .param("seconds", lifetime.toSeconds())
                .query(InvitationTable::read)
                .single();
    }

    /** Uses an invitation up; empty if it is unknown, used, expired or of another address. */
    public Optional<Invitation> accept(byte[] hash, String email) {
        return jdbc.sql(ACCEPT)
                .param("hash", hash)
                .param("email", email)
                .query(InvitationTable::read)
                .optional();
    }

    /** Invitations that can still be used, newest first. */
    public List<Invitation> open(int teamId, int limit) {
        return jdbc.sql(OPEN)
                .param("teamId", teamId)
                .param("limit", limit)
                .query(InvitationTable::read)
                .list();
    }

    /** Withdraws an invitation that nobody has used; returns whether there was one. */
    public boolean delete(int teamId, long id) {
        return jdbc.sql("DELETE FROM invitation WHERE id = :id AND team_id = :teamId AND accepted_at IS NULL")
                        .param("id", id)
                        .param("teamId", teamId)
                        .update()
                == 1;
    }

    private static Invitation read(ResultSet row, int number) throws SQLException {
        return new Invitation(
                row.getLong("id"),
                row.getInt("team_id"),
                row.getString("email"),
                Role.of(row.getInt("role")),
                row.getString("invited_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}
