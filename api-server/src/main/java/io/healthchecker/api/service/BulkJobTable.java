package io.healthchecker.api.service;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code bulk_job}: rows are kept for a week. */
final class BulkJobTable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<Bulk.Left>> LEFT = new TypeReference<>() {};

    private static final String INSERT = """
            INSERT INTO bulk_job (team_id, matched) VALUES (:team, :matched) RETURNING id
            """;

    private static final String TELL = """
            UPDATE bulk_job
               SET done = done + :done, changed = changed || :changed, left_out = left_out || CAST(:leftOut AS jsonb),
                   failed = failed || CAST(:failed AS jsonb), seen_at = clock_timestamp()
             WHERE id = :id
            """;

    // whoever does jobs tells after each few services
    private static final String FIND = """
            SELECT *, ended_at IS NULL AND seen_at < clock_timestamp() - interval '1 minute' AS abandoned
              FROM bulk_job WHERE id = :id AND team_id = :team
            """;

    private final JdbcClient jdbc;

    BulkJobTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How far a job has come.
     *
     * @param abandoned whether whoever did it is gone
     */
    record Row(
            long id,
            int matched,
            int done,
            List<Long> changed,
            List<Bulk.Left> leftOut,
            List<Bulk.Left> failed,
            Instant startedAt,
            @Nullable Instant endedAt,
            boolean abandoned) {}

    long insert(int teamId, int matched) {
        jdbc.sql("DELETE FROM bulk_job WHERE team_id = :team AND started_at < clock_timestamp() - interval '7 days'")
                .param("team", teamId)
                .update();
        return jdbc.sql(INSERT)
                .param("team", teamId)
                .param("matched", matched)
                .query(Long.class)
                .single();
    }

    /** What came of some more of its services. */
    void tell(long id, Bulk.Outcome outcome) {
        jdbc.sql(TELL)
                .param("id", id)
                .param("done", outcome.matched())
                .param("changed", outcome.changed().toArray(Long[]::new))
                .param("leftOut", JSON.writeValueAsString(outcome.leftOut()))
                .param("failed", JSON.writeValueAsString(outcome.failed()))
                .update();
    }

    /** Tells of jobs that whoever does them is still there, also of those that wait for their turn. */
    void see(Collection<Long> ids) {
        jdbc.sql("UPDATE bulk_job SET seen_at = clock_timestamp() WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    void end(long id) {
        jdbc.sql("UPDATE bulk_job SET ended_at = clock_timestamp() WHERE id = :id")
                .param("id", id)
                .update();
    }

    Optional<Row> find(int teamId, long id) {
        return jdbc.sql(FIND)
                .param("team", teamId)
                .param("id", id)
                .query(BulkJobTable::read)
                .optional();
    }

    private static Row read(ResultSet row, int number) throws SQLException {
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new Row(
                row.getLong("id"),
                row.getInt("matched"),
                row.getInt("done"),
                List.of((Long[]) row.getArray("changed").getArray()),
                JSON.readValue(row.getString("left_out"), LEFT),
                JSON.readValue(row.getString("failed"), LEFT),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getBoolean("abandoned"));
    }
}
