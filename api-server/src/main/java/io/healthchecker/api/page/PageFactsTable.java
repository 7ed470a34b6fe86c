package io.healthchecker.api.page;

import io.healthchecker.api.history.TimeSpan;
import io.healthchecker.core.history.HourSum;
import io.healthchecker.core.history.Uptime;
import io.healthchecker.core.history.Window;
import io.healthchecker.core.verdict.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Of tables {@code service}, {@code service_state}, {@code service_hour} and {@code incident} what a page shows. */
final class PageFactsTable {
    private static final String BY_ID = """
            SELECT s.id, st.state, st.since
              FROM service AS s JOIN service_state AS st ON st.service_id = s.id
             WHERE s.team_id = :teamId AND s.deleted_at IS NULL AND s.id = ANY(:ids)
            """;

    private static final String BY_LABEL = """
            SELECT s.id FROM service AS s
             WHERE s.team_id = :teamId AND s.deleted_at IS NULL AND s.definition -> 'labels' ->> :key = :value
             ORDER BY s.id
             LIMIT 500
            """;

    private static final String SUMS = """
            SELECT service_id, span.hours, sum(up_ms)::bigint AS up, sum(down_ms)::bigint AS down,
                   sum(unknown_ms)::bigint AS unknown,
                   coalesce(max(p95_us) FILTER (WHERE hour = :hour - 1), max(p95_us) FILTER (WHERE hour = :hour)) AS p95
              FROM service_hour CROSS JOIN unnest(:spans) AS span (hours)
             WHERE service_id = ANY(:ids) AND hour > :hour - span.hours AND hour > :hour - :longest
             GROUP BY service_id, span.hours
            """;

    private static final String INCIDENTS = """
            SELECT * FROM incident
             WHERE service_id = ANY(:ids) AND team_id = :teamId
               AND (closed_at IS NULL OR closed_at > :since)
             ORDER BY id DESC
             LIMIT 1000
            """;

    // where a worker is alive it forgets what nothing supports after three periods; here none is
    private static final String SILENT_SINCE = """
            SELECT max(r.slot) AS slot
              FROM service AS s
              JOIN service_state AS st ON st.service_id = s.id AND st.state NOT IN (4, 5)
             CROSS JOIN LATERAL (SELECT slot FROM check_result WHERE service_id = s.id ORDER BY slot DESC LIMIT 1) AS r
             WHERE s.team_id = :teamId AND s.deleted_at IS NULL AND s.id = ANY(:ids)
            HAVING bool_and(r.slot < :now - greatest(4000 * coalesce((s.definition ->> 'periodSeconds')::bigint, 60), 60000))
            """;

    private final JdbcClient jdbc;

    PageFactsTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a service is, and since when. */
    record Now(State state, Instant since) {}

    /** How a service was within some times; the latency is null where nothing was measured in the last hour. */
    record Past(Map<TimeSpan, Uptime> uptimes, @Nullable Integer p95Micros) {}

    /** An incident in the little that everybody may know. */
    record Trouble(
            long id,
            long serviceId,
            State worst,
            Instant openedAt,
            @Nullable Instant closedAt) {
        /** Incidents are counted over all teams: their numbers would tell how many there are that nobody is shown. */
        String publicId() {
            String known = serviceId + " " + openedAt;
            return UUID.nameUUIDFromBytes(known.getBytes(StandardCharsets.UTF_8))
                    .toString();
        }

        /** Whether it was open at any time of a stretch. */
        boolean isWithin(Window stretch) {
            return openedAt.toEpochMilli() < stretch.toMillis() && isAfter(Instant.ofEpochMilli(stretch.fromMillis()));
        }

        /** Whether it was open after an instant. */
        boolean isAfter(Instant instant) {
            return closedAt == null || closedAt.isAfter(instant);
        }
    }

    Map<Long, Now> now(int teamId, Collection<Long> ids) {
        Map<Long, Now> now = new HashMap<>();
        jdbc.sql(BY_ID)
                .param("teamId", teamId)
                .param("ids", ids.toArray(Long[]::new))
                .query(row -> {
                    now.put(
                            row.getLong("id"),
                            new Now(
                                    State.of(row.getInt("state")),
                                    row.getObject("since", OffsetDateTime.class).toInstant()));
                });
        return now;
    }

    /**
     * When the newest of all results was due, if none of some services that are known to be up or down has had one for four
     * periods, and at least a minute: nobody checks any more, and nobody is left who would say so.
     */
    Optional<Instant> silentSince(int teamId, Collection<Long> ids, long nowMillis) {
        return jdbc.sql(SILENT_SINCE)
                .param("teamId", teamId)
                .param("ids", ids.toArray(Long[]::new))
                .param("now", nowMillis)
                .query((row, number) -> Instant.ofEpochMilli(row.getLong("slot")))
                .optional();
    }

    List<Long> withLabel(int teamId, String key, String value) {
        return jdbc.sql(BY_LABEL)
                .param("teamId", teamId)
                .param("key", key)
                .param("value", value)
                .query((row, number) -> row.getLong("id"))
                .list();
    }

    Map<Long, Past> past(Collection<Long> ids, long nowMillis) {
        Map<Long, Map<TimeSpan, Uptime>> uptimes = new HashMap<>();
        Map<Long, Integer> latencies = new HashMap<>();
        jdbc.sql(SUMS)
                .param("ids", ids.toArray(Long[]::new))
                .param("hour", HourSum.hourOf(nowMillis))
                .param("longest", hours(TimeSpan.QUARTER))
                .param(
                        "spans",
                        Stream.of(TimeSpan.values()).map(PageFactsTable::hours).toArray(Integer[]::new))
                .query(row -> {
                    long id = row.getLong("service_id");
                    TimeSpan span = span(row.getInt("hours"));
                    uptimes.computeIfAbsent(id, _ -> new EnumMap<>(TimeSpan.class))
                            .put(span, new Uptime(row.getLong("up"), row.getLong("down"), row.getLong("unknown"), 0));
                    int p95 = row.getInt("p95");
                    if (!row.wasNull()) {
                        latencies.put(id, p95);
                    }
                });
        Map<Long, Past> past = new HashMap<>();
        uptimes.forEach((id, spans) -> past.put(id, new Past(spans, latencies.get(id))));
        return past;
    }

    private static int hours(TimeSpan span) {
        return Math.toIntExact(span.millis() / HourSum.HOUR_MILLIS);
    }

    private static TimeSpan span(int hours) {
        return Stream.of(TimeSpan.values())
                .filter(span -> hours(span) == hours)
                .findFirst()
                .orElseThrow();
    }

    /** Incidents that were open after an instant, newest first; of many more the oldest are left out. */
    List<Trouble> troubles(int teamId, Collection<Long> ids, Instant since) {
        return jdbc.sql(INCIDENTS)
                .param("teamId", teamId)
                .param("ids", ids.toArray(Long[]::new))
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, number) -> {
                    OffsetDateTime closed = row.getObject("closed_at", OffsetDateTime.class);
                    return new Trouble(
                            row.getLong("id"),
                            row.getLong("service_id"),
                            State.of(row.getInt("worst")),
                            row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                            closed == null ? null : closed.toInstant());
                })
                .list();
    }
}
