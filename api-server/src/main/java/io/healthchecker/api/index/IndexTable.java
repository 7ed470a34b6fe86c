package io.healthchecker.api.index;

import io.healthchecker.api.service.ServiceFilter;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.history.HourSum;
import io.healthchecker.core.history.Uptime;
import io.healthchecker.core.verdict.Thresholds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Tables {@code service}, {@code service_state} and {@code location_verdict} as the index and its facets need them. */
final class IndexTable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, String>> LABELS = new TypeReference<>() {};

    private static final String FROM = """
             FROM service AS s JOIN service_state AS st ON st.service_id = s.id
            WHERE s.team_id = :teamId AND s.deleted_at IS NULL AND %s
            """;

    private static final String PROBE = """
            (SELECT k FROM unnest(ARRAY['%s']) AS k WHERE jsonb_exists(s.definition, k) LIMIT 1)""".formatted(String.join("', '", ServiceFilter.PROBES));

    private static final String NAMESPACE = ServiceFilter.NAMESPACE;

    // the percentile is of the last whole hour, or of the running one where that has none
    private static final String DAY = """
            LEFT JOIN (
                   SELECT service_id, sum(up_ms)::bigint AS up_ms, sum(down_ms)::bigint AS down_ms,
                          sum(unknown_ms)::bigint AS unknown_ms,
                          coalesce(max(p95_us) FILTER (WHERE hour = :hour - 1), max(p95_us) FILTER (WHERE hour = :hour))
                              AS p95_us
                     FROM service_hour
                    WHERE hour > :hour - 24
                      AND service_id IN (SELECT id FROM service WHERE team_id = :teamId AND deleted_at IS NULL)
                    GROUP BY service_id) AS h ON h.service_id = s.id
            """;

    // one statement sees one instant: states and counter change in the same transactions
    private static final String ROWS =
            """
            SELECT c.last_id, rows.*
              FROM event_counter AS c
              LEFT JOIN (
                   SELECT s.id, s.name, s.source, st.state, st.since, st.reason, st.incident_id,
                          coalesce(s.definition #>> '{http,url}', s.definition #>> '{tcp,host}', '') AS target,
                          coalesce((s.definition ->> 'periodSeconds')::int, 60) AS period,
                          coalesce((s.definition ->> 'failureThreshold')::int, :threshold) AS threshold,
                          s.definition ->> 'labels' AS labels,
                          h.p95_us, h.up_ms, h.down_ms, h.unknown_ms,
                          (SELECT max(v.streak) FROM location_verdict AS v
                            WHERE v.service_id = s.id AND v.streak > 0 AND v.leaning = 3) AS failing,
            """ + PROBE + " AS probe, " + NAMESPACE + " AS namespace, (" + ServiceFilter.LATE + ") AS late, ("
                    + ServiceFilter.FLAPPING + ") AS flapping, "
                    + ServiceFilter.ACKNOWLEDGED + " AS acknowledged" + FROM.replace("WHERE", DAY + " WHERE")
                    + ") AS rows ON true ORDER BY rows.id";

    private final JdbcClient jdbc;

    IndexTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Rows by id, and the newest event of the same instant. */
    record Rows(long eventId, List<IndexRow> rows) {}

    /** By what services are counted. */
    enum Facet {
        STATE("st.state::text", ""),
        SOURCE("s.source::text", ""),
        PROBE(IndexTable.PROBE, ""),
        NAMESPACE(IndexTable.NAMESPACE, ""),
        LABEL(
                "label.key || ':' || label.value",
                "CROSS JOIN LATERAL jsonb_each_text(s.definition -> 'labels') AS label");

        private final String expression;
        private final String join;

        Facet(String expression, String join) {
            this.expression = expression;
            this.join = join;
        }
    }

    /** What a filter lets through, whatever order it asks for. */
    Rows rows(int teamId, ServiceFilter filter, long nowMillis) {
        List<IndexRow> rows = new ArrayList<>();
        long[] eventId = new long[1];
        jdbc.sql(ROWS.formatted(filter.condition().sql()))
                .params(parameters(teamId, filter, nowMillis))
                .param("threshold", Thresholds.DEFAULT.failures())
                .query(row -> {
                    eventId[0] = row.getLong("last_id");
                    row.getLong("id");
                    if (!row.wasNull()) {
                        rows.add(read(row));
                    }
                });
        return new Rows(eventId[0], rows);
    }

    /** How many a filter lets through of each. */
    Map<String, Long> counts(int teamId, ServiceFilter filter, Facet facet, long nowMillis) {
        Map<String, Long> counts = new TreeMap<>();
        String sql = "SELECT %s AS word, count(*) AS count".formatted(facet.expression)
                + FROM.replace("WHERE", facet.join + " WHERE")
                        .formatted(filter.condition().sql())
                + " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1000";
        jdbc.sql(sql).params(parameters(teamId, filter, nowMillis)).query(row -> {
            String word = row.getString("word");
            counts.put(word == null ? "" : word, row.getLong("count"));
        });
        return counts;
    }

    long count(int teamId, ServiceFilter filter, long nowMillis) {
        return jdbc.sql("SELECT count(*)" + FROM.formatted(filter.condition().sql()))
                .params(parameters(teamId, filter, nowMillis))
                .query(Long.class)
                .single();
    }

    private static Map<String, Object> parameters(int teamId, ServiceFilter filter, long nowMillis) {
        Map<String, Object> parameters = new HashMap<>(filter.condition().values());
        parameters.put("teamId", teamId);
        parameters.put("now", nowMillis);
        parameters.put("hour", HourSum.hourOf(nowMillis));
        return parameters;
    }

    private static IndexRow read(ResultSet row) throws SQLException {
        String labels = row.getString("labels");
        String probe = row.getString("probe");
        return new IndexRow(
                row.getLong("id"),
                row.getString("name"),
                row.getInt("source"),
                probe == null ? "" : probe,
                row.getString("target"),
                row.getInt("period"),
                row.getString("namespace"),
                labels == null ? List.of() : IndexRow.labels(JSON.readValue(labels, LABELS)),
                row.getInt("state"),
                row.getObject("since", OffsetDateTime.class).toInstant().toEpochMilli(),
                Reason.of(row.getInt("reason")).name(),
                row.getLong("incident_id"),
                row.getInt("failing"),
                row.getInt("threshold"),
                row.getBoolean("late"),
                row.getBoolean("flapping"),
                row.getBoolean("acknowledged"),
                day(row));
    }

    private static IndexRow.Day day(ResultSet row) throws SQLException {
        var uptime = new Uptime(row.getLong("up_ms"), row.getLong("down_ms"), row.getLong("unknown_ms"), 0);
        if (uptime.millis() == 0) {
            return IndexRow.Day.NONE;
        }
        int p95 = row.getInt("p95_us");
        return new IndexRow.Day(
                row.wasNull() ? null : Math.round(p95 / 100.0) / 10.0,
                uptime.known() ? uptime.upMillionths() / 1e4 : null,
                uptime.coverageMillionths() / 1e4);
    }
}
