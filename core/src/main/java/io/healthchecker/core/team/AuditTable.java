package io.healthchecker.core.team;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code audit_entry}, append-only. */
public final class AuditTable {
    private static final String INSERT = """
            INSERT INTO audit_entry (team_id, actor, action, object, name, before, after, request_id)
            VALUES (:teamId, :actor, :action, :object, :name, CAST(:before AS jsonb), CAST(:after AS jsonb), :requestId)
            """;

    private static final String SELECT = """
            SELECT * FROM audit_entry
             WHERE team_id = :teamId AND id < :beforeId
               AND (CAST(:actor AS text) IS NULL OR strpos(lower(actor), lower(:actor)) > 0)
               AND (CAST(:object AS text) IS NULL OR object = :object OR split_part(object, ':', 1) = :object)
               AND (CAST(:action AS text) IS NULL OR action = :action)
               AND (CAST(:from AS timestamptz) IS NULL OR at >= :from)
               AND (CAST(:to AS timestamptz) IS NULL OR at < :to)
             ORDER BY id DESC
             LIMIT :limit
            """;

    private final JdbcClient jdbc;

    public AuditTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which entries are asked for; null does not filter.
     *
     * @param object a kind, or kind and id
     */
    public record Query(
            @Nullable String actor,
            @Nullable String object,
            @Nullable String action,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** Appends an entry; its id and instant are given to it. */
    public void insert(int teamId, AuditEntry entry) {
        jdbc.sql(INSERT)
                .param("teamId", teamId)
                .param("actor", entry.actor())
                .param("action", entry.action())
                .param("object", entry.object())
                .param("name", entry.name())
                .param("before", entry.before())
                .param("after", entry.after())
                .param("requestId", entry.requestId())
                .update();
    }

    /** Entries of a team below an id, newest first. */
    public List<AuditEntry> before(int teamId, long id, Query query, int limit) {
        return jdbc.sql(SELECT)
                .param("teamId", teamId)
                .param("beforeId", id)
                .param("actor", query.actor())
                .param("object", query.object())
                .param("action", query.action())
                .param("from", query.from() == null ? null : query.from().atOffset(ZoneOffset.UTC))
                .param("to", query.to() == null ? null : query.to().atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query(AuditTable::read)
                .list();
    }

    private static AuditEntry read(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("object"),
                row.getString("name"),
                row.getString("before"),
                row.getString("after"),
                row.getString("request_id"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
