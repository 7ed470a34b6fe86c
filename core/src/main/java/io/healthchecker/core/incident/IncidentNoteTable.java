package io.healthchecker.core.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code incident_note}, append-only. */
public final class IncidentNoteTable {
    private static final String INSERT = """
            INSERT INTO incident_note (incident_id, kind, author, text, public, until)
            VALUES (:incidentId, :kind, :author, :text, :public, :until)
            RETURNING *
            """;

    private static final String OF = """
            SELECT * FROM incident_note WHERE incident_id = :incidentId ORDER BY id LIMIT :limit
            """;

    private static final String WRITTEN = """
            SELECT * FROM incident_note
             WHERE incident_id = :incidentId AND kind = :kind AND id > :after
             ORDER BY id LIMIT :limit
            """;

    private static final int MOST_SHARED = 1_000;

    private static final String SHARED = """
            SELECT * FROM (SELECT * FROM incident_note
                            WHERE incident_id = ANY(:ids) AND public ORDER BY id DESC LIMIT :limit) AS newest
             ORDER BY incident_id, id
            """;

    private final JdbcClient jdbc;

    public IncidentNoteTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public IncidentNote insert(
            long incidentId,
            IncidentNote.Kind kind,
            String author,
            String text,
            boolean shared,
            @Nullable Instant until) {
        return jdbc.sql(INSERT)
                .param("incidentId", incidentId)
                .param("kind", kind.code())
                .param("author", author)
                .param("text", text)
                .param("public", shared)
                .param("until", until == null ? null : until.atOffset(ZoneOffset.UTC))
                .query(IncidentNoteTable::read)
                .single();
    }

    /** What was said of an incident, oldest first, at most so much. */
    public List<IncidentNote> of(long incidentId, int limit) {
        return jdbc.sql(OF)
                .param("incidentId", incidentId)
                .param("limit", limit)
                .query(IncidentNoteTable::read)
                .list();
    }

    /** Notes of an incident with ids above one, oldest first. */
    public List<IncidentNote> notes(long incidentId, long after, int limit) {
        return jdbc.sql(WRITTEN)
                .param("incidentId", incidentId)
                .param("kind", IncidentNote.Kind.NOTE.code())
                .param("after", after)
                .param("limit", limit)
                .query(IncidentNoteTable::read)
                .list();
    }

    /** What was said of some incidents for everybody, oldest first; of very much the newest thousand. */
    public List<IncidentNote> shared(Collection<Long> incidentIds) {
        return jdbc.sql(SHARED)
                .param("ids", incidentIds.toArray(Long[]::new))
                .param("limit", MOST_SHARED)
                .query(IncidentNoteTable::read)
                .list();
    }

    private static IncidentNote read(ResultSet row, int number) throws SQLException {
        OffsetDateTime until = row.getObject("until", OffsetDateTime.class);
        return new IncidentNote(
                row.getLong("id"),
                row.getLong("incident_id"),
                IncidentNote.Kind.of(row.getInt("kind")),
                row.getString("author"),
                row.getString("text"),
                row.getBoolean("public"),
                until == null ? null : until.toInstant(),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
