package io.healthchecker.core.incident;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code incident}. */
public final class IncidentTable {
    private static final String OPEN = """
            INSERT INTO incident (team_id, service_id, worst, reason, detail, opened_at, opened_seq)
            VALUES (:teamId, :serviceId, :worst, :reason, :detail, :at, :seq)
            RETURNING id
            """;

    // of several causes the worst is kept
    private static final String WORSEN = """
            UPDATE incident SET worst = :worst, reason = :reason, detail = :detail WHERE id = :id AND worst < :worst
            """;

    private static final String CLOSE = """
            UPDATE incident SET closed_at = :at, closed_seq = :seq WHERE id = :id AND closed_at IS NULL
            """;

    private static final String ACKNOWLEDGE = """
            UPDATE incident
               SET acknowledged_at = clock_timestamp(), acknowledged_by = :by, acknowledged_until = :until,
                   acknowledged_note = :note
             WHERE id = :id AND closed_at IS NULL
            """;

    private static final String UNACKNOWLEDGE = """
            UPDATE incident
               SET acknowledged_at = NULL, acknowledged_by = NULL, acknowledged_until = NULL, acknowledged_note = NULL
             WHERE id = :id AND acknowledged_at IS NOT NULL
            """;

    private static final String PAGE = """
            SELECT * FROM incident
             WHERE team_id = :teamId AND id < :before
               AND (CAST(:serviceId AS bigint) IS NULL OR service_id = :serviceId)
               AND (CAST(:open AS boolean) IS NULL OR (closed_at IS NULL) = :open)
             ORDER BY id DESC
             LIMIT :limit
            """;

    private final JdbcClient jdbc;

    public IncidentTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Opens an incident and returns its id. */
    public long open(
            int teamId, long serviceId, State worst, Reason reason, @Nullable String detail, Instant at, long seq) {
        return jdbc.sql(OPEN)
                .param("teamId", teamId)
                .param("serviceId", serviceId)
                .param("worst", worst.code())
                .param("reason", reason.code())
                .param("detail", detail)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("seq", seq)
                .query(Long.class)
                .single();
    }

    /** Notes that an incident became worse; does nothing if it had been as bad before. */
    public void worsen(long id, State worst, Reason reason, @Nullable String detail) {
        jdbc.sql(WORSEN)
                .param("id", id)
                .param("worst", worst.code())
                .param("reason", reason.code())
                .param("detail", detail)
                .update();
    }

    /** Closes an open incident; {@code seq} is null when its service was removed. */
    public void close(long id, Instant at, @Nullable Long seq) {
        jdbc.sql(CLOSE)
                .param("id", id)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("seq", seq)
                .update();
    }

    /** Notes that somebody has an incident in hand; returns whether it is open. */
    public boolean acknowledge(long id, String by, @Nullable Instant until, @Nullable String note) {
        return jdbc.sql(ACKNOWLEDGE)
                        .param("id", id)
                        .param("by", by)
                        .param("until", until == null ? null : until.atOffset(ZoneOffset.UTC))
                        .param("note", note)
                        .update()
                == 1;
    }

    /** Takes an acknowledgement back; returns whether there was one. */
    public boolean unacknowledge(long id) {
        return jdbc.sql(UNACKNOWLEDGE).param("id", id).update() == 1;
    }

    public Optional<Incident> find(int teamId, long id) {
        return jdbc.sql("SELECT * FROM incident WHERE id = :id AND team_id = :teamId")
                .param("id", id)
                .param("teamId", teamId)
                .query(IncidentTable::read)
                .optional();
    }

    /** A team's incidents with ids below one, newest first; null does not filter. */
    public List<Incident> before(int teamId, long id, @Nullable Long serviceId, @Nullable Boolean open, int limit) {
        return jdbc.sql(PAGE)
                .param("teamId", teamId)
                .param("before", id)
                .param("serviceId", serviceId)
                .param("open", open)
                .param("limit", limit)
                .query(IncidentTable::read)
                .list();
    }

    private static Incident read(ResultSet row, int number) throws SQLException {
        OffsetDateTime closedAt = row.getObject("closed_at", OffsetDateTime.class);
        long closedSeq = row.getLong("closed_seq");
        boolean noSeq = row.wasNull();
        return new Incident(
                row.getLong("id"),
                row.getInt("team_id"),
                row.getLong("service_id"),
                State.of(row.getInt("worst")),
                Reason.of(row.getInt("reason")),
                row.getString("detail"),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getLong("opened_seq"),
                closedAt == null ? null : closedAt.toInstant(),
                noSeq ? null : closedSeq,
                acknowledgement(row));
    }

    private static @Nullable Acknowledgement acknowledgement(ResultSet row) throws SQLException {
        OffsetDateTime at = row.getObject("acknowledged_at", OffsetDateTime.class);
        OffsetDateTime until = row.getObject("acknowledged_until", OffsetDateTime.class);
        return at == null
                ? null
                : new Acknowledgement(
                        row.getString("acknowledged_by"),
                        at.toInstant(),
                        until == null ? null : until.toInstant(),
                        row.getString("acknowledged_note"));
    }
}
