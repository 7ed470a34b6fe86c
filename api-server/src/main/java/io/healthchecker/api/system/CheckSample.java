package io.healthchecker.api.system;

import io.healthchecker.api.system.SystemView.Checks;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.schedule.Shard;
import io.healthchecker.core.time.Ticker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    // the results are read once; the first row is of all of them, the others are of those that could not tell
    private static final String RESULTS = """
            WITH sample AS MATERIALIZED (
                SELECT r.lateness_ms, r.unknown
                  FROM service AS s
                 CROSS JOIN LATERAL (SELECT c.lateness_ms, CASE WHEN c.outcome = 4 THEN c.reason END AS unknown
                                       FROM check_result AS c
                                      WHERE c.service_id = s.id AND c.slot > :from AND c.slot <= :to) AS r
                 WHERE s.shard BETWEEN :first AND :last AND s.deleted_at IS NULL)
            SELECT NULL AS reason, count(*) AS results,
                   percentile_disc(0.5) WITHIN GROUP (ORDER BY lateness_ms) AS p50,
                   percentile_disc(0.99) WITHIN GROUP (ORDER BY lateness_ms) AS p99
              FROM sample
             UNION ALL
            SELECT unknown, count(*), NULL, NULL FROM sample WHERE unknown IS NOT NULL GROUP BY unknown
             ORDER BY reason NULLS FIRST
            """;

    private static final String MISSED = """
            SELECT g.reason, sum(g.slots) AS results
              FROM service AS s
             CROSS JOIN LATERAL (SELECT c.reason, c.slots FROM gap AS c
                                  WHERE c.service_id = s.id AND c.from_slot > :from AND c.from_slot <= :to) AS g
             WHERE s.shard BETWEEN :first AND :last AND s.deleted_at IS NULL
             GROUP BY g.reason ORDER BY g.reason
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
            @Nullable Integer reason,
            long results,
            @Nullable Integer p50,
            @Nullable Integer p99) {}

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
                        row.getObject("reason", Integer.class),
                        row.getLong("results"),
                        row.getObject("p50", Integer.class),
                        row.getObject("p99", Integer.class)))
                .list();
        Row all = results.getFirst();
        Map<String, Long> unknown = new LinkedHashMap<>();
        for (Row row : results) {
            if (row.reason != null) {
                unknown.put(Reason.of(row.reason).name(), Math.round(row.results * scale));
            }
        }
        return new Checks(
                Fleet.tenths(all.results * scale * 1_000 / WINDOW_MILLIS),
                all.p50,
                all.p99,
                unknown,
                missed(sample, scale),
                services,
                jdbc.sql(SAMPLED)
                        .param("first", first)
                        .param("last", first + shards - 1)
                        .query(Long.class)
                        .single());
    }

    private Map<String, Long> missed(Map<String, Object> sample, double scale) {
        Map<String, Long> counts = new LinkedHashMap<>();
        jdbc.sql(MISSED).params(sample).query(row -> {
            counts.put(Reason.of(row.getInt("reason")).name(), Math.round(row.getLong("results") * scale));
        });
        return counts;
    }
}
