package io.healthchecker.api.find;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.history.HourSum;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.verdict.State;
import io.healthchecker.core.verdict.Thresholds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Tables {@code service}, {@code service_state}, {@code location_verdict} and {@code service_hour} at a glance. */
final class RowTable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, String>> LABELS = new TypeReference<>() {};

    private static final String COLUMNS = """
            SELECT s.id, s.name, s.source, st.state, st.since, st.reason, st.incident_id,
                   coalesce((s.definition ->> 'periodSeconds')::int, 60) AS period,
                   coalesce((s.definition ->> 'failureThreshold')::int, :threshold) AS threshold,
                   s.definition ->> 'labels' AS labels, v.failing, v.locations,
            """ + ServiceSql.TARGET + " AS target, " + ServiceSql.PROBE + " AS probe, "
            + ServiceSql.NAMESPACE + " AS namespace, ("
            + ServiceSql.LATE + ") AS late, (" + ServiceSql.FLAPPING + ") AS flapping, " + ServiceSql.ACKNOWLEDGED
            + " AS acknowledged";

    private static final String STATES = """
             JOIN service_state AS st ON st.service_id = s.id
             LEFT JOIN LATERAL (
                   SELECT max(v.streak) FILTER (WHERE v.leaning = 3) AS failing,
                          string_agg(l.name, ',' ORDER BY l.name) AS locations
                     FROM location_verdict AS v JOIN location AS l ON l.id = v.location_id
                    WHERE v.service_id = s.id) AS v ON true
            """;

    private static final String DAY = "LEFT JOIN (SELECT " + DayTable.COLUMNS + """
                     FROM service_hour
                    WHERE hour > :hour - 24 AND service_id IN (SELECT id FROM wanted)
                    GROUP BY service_id) AS h ON h.service_id = s.id
            """;

    // one statement sees one instant: states and the counter change in the same transactions
    private static final String ALL =
            "WITH wanted AS NOT MATERIALIZED (SELECT * FROM service WHERE team_id = :teamId AND deleted_at IS NULL)\n"
                    + "SELECT c.last_id, rows.* FROM event_counter AS c LEFT JOIN (" + COLUMNS
                    + ", h.p95_us, h.up_ms, h.down_ms, h.unknown_ms FROM wanted AS s" + STATES + DAY
                    + ") AS rows ON true ORDER BY rows.id";

    // a plan that is kept does not know how few are told; OFFSET keeps it from reading all services to find them
    private static final String CHANGED = """
            SELECT c.last_id, told.service_id AS told_id, rows.*
              FROM event_counter AS c
              LEFT JOIN LATERAL (
                    SELECT DISTINCT e.service_id FROM event AS e
                     WHERE e.id > :after AND e.id <= c.last_id AND e.team_id = :teamId AND e.service_id IS NOT NULL
                   ) AS told ON true
              LEFT JOIN LATERAL (""" + COLUMNS + " FROM service AS s" + STATES + """
                     WHERE s.id = told.service_id AND s.team_id = :teamId AND s.deleted_at IS NULL
                    OFFSET 0) AS rows ON true
            """;

    private static final String COUNT = """
            SELECT count(*) FROM (SELECT FROM service WHERE team_id = :teamId AND deleted_at IS NULL LIMIT :most) AS s
            """;

    private final JdbcClient jdbc;

    RowTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many services a team has, counted no further than {@code most}. */
    int count(int teamId, int most) {
        return jdbc.sql(COUNT)
                .param("teamId", teamId)
                .param("most", most)
                .query(Integer.class)
                .single();
    }

    /** All of a team, by id, and the newest event of the same instant. */
    TeamRows all(int teamId, long nowMillis) {
        List<ServiceRow> rows = new ArrayList<>();
        long[] eventId = new long[1];
        var texts = new Texts();
        jdbc.sql(ALL).params(parameters(teamId, nowMillis)).query(row -> {
            eventId[0] = row.getLong("last_id");
            row.getLong("id");
            if (!row.wasNull()) {
                rows.add(read(row, DayTable.read(row), texts));
            }
        });
        return new TeamRows(eventId[0], rows);
    }

    /**
     * Those of which an event tells that is newer than one, and the newest event of the same instant.
     *
     * @param told ids, also of services that are no more
     * @param rows without their day, which does not change by an event
     */
    record Changes(long eventId, Set<Long> told, Map<Long, ServiceRow> rows) {}

    Changes changed(int teamId, long after, long nowMillis) {
        Set<Long> told = new HashSet<>();
        Map<Long, ServiceRow> rows = new HashMap<>();
        long[] eventId = new long[1];
        var texts = new Texts();
        jdbc.sql(CHANGED)
                .params(parameters(teamId, nowMillis))
                .param("after", after)
                .query(row -> {
                    eventId[0] = row.getLong("last_id");
                    long id = row.getLong("told_id");
                    if (!row.wasNull()) {
                        told.add(id);
                    }
                    row.getLong("id");
                    if (!row.wasNull()) {
                        rows.put(id, read(row, ServiceRow.Day.NONE, texts));
                    }
                });
        return new Changes(eventId[0], told, rows);
    }

    private static Map<String, Object> parameters(int teamId, long nowMillis) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("teamId", teamId);
        parameters.put("now", nowMillis);
        parameters.put("hour", HourSum.hourOf(nowMillis));
        parameters.put("threshold", Thresholds.DEFAULT.failures());
        return parameters;
    }

    /** Lists of words as they are stored, each kept once: ten thousand services share a few. */
    private static final class Texts {
        private final Map<String, List<String>> labels = new HashMap<>();
        private final Map<String, List<String>> locations = new HashMap<>();
        private final Map<String, String> words = new HashMap<>();

        List<String> labels(@Nullable String stored) {
            return stored == null
                    ? List.of()
                    : labels.computeIfAbsent(
                            stored,
                            text -> JSON.readValue(text, LABELS).entrySet().stream()
                                    .map(label -> word(label.getKey() + ":" + label.getValue()))
                                    .toList());
        }

        List<String> locations(@Nullable String stored) {
            return stored == null ? List.of() : locations.computeIfAbsent(stored, text -> List.of(text.split(",")));
        }

        String word(String text) {
            String known = words.putIfAbsent(text, text);
            return known == null ? text : known;
        }
    }

    private static ServiceRow read(ResultSet row, ServiceRow.Day day, Texts texts) throws SQLException {
        String name = row.getString("name");
        String probe = row.getString("probe");
        String target = row.getString("target");
        String namespace = texts.word(row.getString("namespace"));
        List<String> labels = texts.labels(row.getString("labels"));
        return new ServiceRow(
                row.getLong("id"),
                name,
                Source.of(row.getInt("source")),
                probe == null ? "" : texts.word(probe),
                target,
                row.getInt("period"),
                namespace,
                labels,
                texts.locations(row.getString("locations")),
                text(name, namespace, target, labels),
                State.of(row.getInt("state")),
                row.getObject("since", OffsetDateTime.class).toInstant().toEpochMilli(),
                Reason.of(row.getInt("reason")).name(),
                row.getLong("incident_id"),
                row.getInt("failing"),
                row.getInt("threshold"),
                row.getBoolean("late"),
                row.getBoolean("flapping"),
                row.getBoolean("acknowledged"),
                day);
    }

    private static String text(String name, String namespace, String target, List<String> labels) {
        var text = new StringBuilder(name)
                .append('\n')
                .append(namespace)
                .append('\n')
                .append(target);
        labels.forEach(label -> text.append('\n').append(label, label.indexOf(':') + 1, label.length()));
        return text.toString().toLowerCase(Locale.ROOT);
    }
}
