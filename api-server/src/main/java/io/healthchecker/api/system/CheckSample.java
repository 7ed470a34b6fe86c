package io.healthchecker.api.system;

import io.healthchecker.api.system.SystemView.Checks;
import io.healthchecker.api.system.SystemView.LocationView;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.schedule.Shard;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The checks of a minute, taken from a sample: results have no index by time, and reading all of them would cost more
 * than making them. A shard is a fair sample, since shards are chosen by hash; with few services all shards are read.
 * For one thread.
 */
final class CheckSample {
    private static final int WANTED_SERVICES = 1_000;
    private static final long WINDOW_MILLIS = 60_000;
    // results of the last seconds are still on their way
    private static final long LAG_MILLIS = 5_000;
    // counting a million services takes a while
    private static final long COUNT_EVERY_MILLIS = 60_000;
    private static final long FEW_SERVICES = 10_000;

    private static final Set<Reason> OURS = EnumSet.of(
            Reason.LATE,
            Reason.LOST,
            Reason.SHED,
            Reason.SKIPPED,
            Reason.WORKER_FAULT,
            Reason.POISONED,
            Reason.NO_CONNECTIVITY,
            Reason.STALE);

    // the results are read once: for all of them, for each location, and for each reason there
    private static final String RESULTS = """
            WITH sample AS MATERIALIZED (
                SELECT r.location_id, r.lateness_ms, r.unknown
                  FROM service AS s
                 CROSS JOIN LATERAL (SELECT c.location_id, c.lateness_ms, CASE WHEN c.outcome = 4 THEN c.reason END AS unknown
                                       FROM check_result AS c
                                      WHERE c.service_id = s.id AND c.slot > :from AND c.slot <= :to) AS r
                 WHERE s.shard BETWEEN :first AND :last AND s.deleted_at IS NULL)
            SELECT l.name AS location, s.unknown AS reason, count(*) AS results,
                   percentile_disc(0.5) WITHIN GROUP (ORDER BY s.lateness_ms) AS p50,
                   percentile_disc(0.99) WITHIN GROUP (ORDER BY s.lateness_ms) AS p99
              FROM sample AS s LEFT JOIN location AS l ON l.id = s.location_id
             GROUP BY GROUPING SETS ((), (l.name), (l.name, s.unknown))
            HAVING GROUPING(s.unknown) = 1 OR s.unknown IS NOT NULL
             ORDER BY GROUPING(l.name) DESC, l.name, GROUPING(s.unknown) DESC, s.unknown
            """;

    private static final String MISSED = """
            SELECT l.name AS location, g.reason, sum(g.slots) AS slots
              FROM service AS s
             CROSS JOIN LATERAL (SELECT c.location_id, c.reason, c.slots FROM gap AS c
                                  WHERE c.service_id = s.id AND c.from_slot > :from AND c.from_slot <= :to) AS g
              LEFT JOIN location AS l ON l.id = g.location_id
             WHERE s.shard BETWEEN :first AND :last AND s.deleted_at IS NULL
             GROUP BY l.name, g.reason ORDER BY l.name, g.reason
            """;

    private static final String UNKNOWN = """
            SELECT l.name AS location, count(*) AS services
              FROM service AS s
              JOIN service_state AS t ON t.service_id = s.id AND t.state = :unknown AND t.reason IN (:ours)
              JOIN location_verdict AS v ON v.service_id = s.id AND v.state = :unknown
              JOIN location AS l ON l.id = v.location_id
             WHERE s.shard BETWEEN :first AND :last AND s.deleted_at IS NULL
             GROUP BY l.name ORDER BY l.name
            """;

    private static final String SAMPLED =
            "SELECT count(*) FROM service WHERE shard BETWEEN :first AND :last AND deleted_at IS NULL";

    private final JdbcClient jdbc;
    private final Ticker ticker;
    private final Random random = new Random();
    private long services;
    private long countedAtMillis;

    CheckSample(JdbcClient jdbc, Ticker ticker) {
        this.jdbc = jdbc;
        this.ticker = ticker;
    }

    private record Row(
            @Nullable String location,
            @Nullable Integer reason,
            long results,
            @Nullable Integer p50,
            @Nullable Integer p99) {}

    /** Whether a reason, by its name, is trouble of the product and not of a service or its definition. */
    static boolean isOurs(String reason) {
        return OURS.stream().anyMatch(ours -> ours.name().equals(reason));
    }

    Checks take() {
        long now = ticker.epochMillis();
        if (services < FEW_SERVICES || now - countedAtMillis > COUNT_EVERY_MILLIS) {
            services = jdbc.sql("SELECT count(*) FROM service WHERE deleted_at IS NULL")
                    .query(Long.class)
                    .single();
            countedAtMillis = now;
        }
        long wantedShards = Math.ceilDiv((long) WANTED_SERVICES * Shard.COUNT, Math.max(1, services));
        int shards = (int) Math.min(Shard.COUNT, wantedShards);
        int first = random.nextInt(Shard.COUNT - shards + 1);
        var sample = Map.of(
                "first",
                (Object) first,
                "last",
                first + shards - 1,
                "from",
                now - LAG_MILLIS - WINDOW_MILLIS,
                "to",
                now - LAG_MILLIS);
        double scale = Shard.COUNT / (double) shards;
        List<Row> results = jdbc.sql(RESULTS)
                .params(sample)
                .query((row, number) -> new Row(
                        row.getString("location"),
                        row.getObject("reason", Integer.class),
                        row.getLong("results"),
                        row.getObject("p50", Integer.class),
                        row.getObject("p99", Integer.class)))
                .list();
        Row all = results.getFirst();
        var places = new Places(scale);
        results.stream().skip(1).forEach(places::add);
        jdbc.sql(MISSED).params(sample).query(row -> {
            places.addMissed(row.getString("location"), Reason.of(row.getInt("reason")), row.getLong("slots"));
        });
        jdbc.sql(UNKNOWN)
                .params(sample)
                .param("unknown", State.UNKNOWN.code())
                .param("ours", OURS.stream().map(Reason::code).toList())
                .query(row -> {
                    places.addServices(row.getString("location"), row.getLong("services"));
                });
        return new Checks(
                places.perSecond(all.results),
                all.p50,
                all.p99,
                places.unknown,
                places.unknown.entrySet().stream()
                        .filter(entry -> isOurs(entry.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum(),
                places.missed,
                places.views(),
                services,
                jdbc.sql(SAMPLED)
                        .param("first", first)
                        .param("last", first + shards - 1)
                        .query(Long.class)
                        .single());
    }

    /** What was found, as if all shards had been read. */
    private static final class Places {
        final Map<String, Long> unknown = new TreeMap<>();
        final Map<String, Long> missed = new TreeMap<>();
        private final Map<String, Place> places = new TreeMap<>();
        private final double scale;

        Places(double scale) {
            this.scale = scale;
        }

        private static final class Place {
            final Map<String, Long> unknown = new TreeMap<>();
            final Map<String, Long> missed = new TreeMap<>();
            long results;

            @Nullable
            Integer p99;

            long services;
        }

        private Place at(@Nullable String location) {
            // a location is never removed; should one be, its checks still count
            return places.computeIfAbsent(location == null ? "?" : location, _ -> new Place());
        }

        void add(Row row) {
            Place place = at(row.location);
            if (row.reason == null) {
                place.results = row.results;
                place.p99 = row.p99;
            } else {
                count(unknown, place.unknown, Reason.of(row.reason), row.results);
            }
        }

        void addMissed(@Nullable String location, Reason reason, long slots) {
            count(missed, at(location).missed, reason, slots);
        }

        void addServices(String location, long services) {
            at(location).services = Math.round(services * scale);
        }

        private void count(Map<String, Long> all, Map<String, Long> there, Reason reason, long count) {
            long scaled = Math.round(count * scale);
            all.merge(reason.name(), scaled, Long::sum);
            there.put(reason.name(), scaled);
        }

        double perSecond(long results) {
            return Fleet.tenths(results * scale * 1_000 / WINDOW_MILLIS);
        }

        List<LocationView> views() {
            return places.entrySet().stream()
                    .map(entry -> view(entry.getKey(), entry.getValue()))
                    .toList();
        }

        private LocationView view(String name, Place place) {
            return new LocationView(
                    name, perSecond(place.results), place.p99, place.unknown, place.missed, place.services);
        }
    }
}
