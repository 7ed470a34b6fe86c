package io.healthchecker.core.history;

import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.job.JobKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables {@code service_hour} and {@code service_hour_mark}. */
public final class HourSumTable {
    private static final String WRITE = """
            INSERT INTO service_hour
                   (service_id, location_id, hour, up_ms, down_ms, unknown_ms, suspended_ms, checks, failed, untold, min_us,
                    max_us, p95_us, dns_us, connect_us, tls_us, first_byte_us, transfer_us, latency)
            SELECT * FROM unnest(:services, :locations, :hours, :ups, :downs, :unknowns, :suspendeds, :checks, :faileds,
                                 :untolds, :mins, :maxs, :p95s, :dns, :connects, :tls, :firstBytes, :transfers, :latencies)
            ON CONFLICT (service_id, location_id, hour) DO UPDATE
               SET up_ms = excluded.up_ms, down_ms = excluded.down_ms, unknown_ms = excluded.unknown_ms,
                   suspended_ms = excluded.suspended_ms, checks = excluded.checks, failed = excluded.failed,
                   untold = excluded.untold, min_us = excluded.min_us, max_us = excluded.max_us, p95_us = excluded.p95_us,
                   dns_us = excluded.dns_us, connect_us = excluded.connect_us, tls_us = excluded.tls_us,
                   first_byte_us = excluded.first_byte_us, transfer_us = excluded.transfer_us, latency = excluded.latency
            """;

    // results before the hour may speak into it
    private static final String RESULTS = """
            SELECT r.service_id, r.location_id, r.slot, r.outcome, r.kind, r.latency_us, r.dns_us, r.connect_us, r.tls_us,
                   r.first_byte_us, r.transfer_us
              FROM unnest(:ids, :begins) AS q (service_id, begins)
             CROSS JOIN LATERAL (
                   SELECT * FROM check_result AS c
                    WHERE c.service_id = q.service_id AND c.slot >= q.begins AND c.slot < :to) AS r
             ORDER BY r.service_id, r.location_id, r.slot
            """;

    private static final String READ = """
            SELECT * FROM service_hour
             WHERE service_id = :serviceId AND location_id = :locationId AND hour >= :from AND hour < :to
             ORDER BY hour
            """;

    private static final String MARK = """
            INSERT INTO service_hour_mark (first_hour, final_hour) VALUES (:first, :hour)
            ON CONFLICT (one) DO UPDATE SET final_hour = excluded.final_hour
            """;

    private final JdbcClient jdbc;

    public HourSumTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What of a service is to be added up: its life, and the slot from which results may speak into the hour. */
    record Wanted(long serviceId, Eras eras, long beginMillis) {}

    /** Whether the caller alone makes sums until its transaction ends. */
    boolean lock() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(4711, 22)")
                .query(Boolean.class)
                .single();
    }

    /** Of which hours there are sums that change no more: from, included, to, excluded. */
    record Settled(int fromHour, int toHour) {}

    /** Empty before any sums settled. */
    Optional<Settled> settled() {
        return jdbc.sql("SELECT first_hour, final_hour FROM service_hour_mark")
                .query((row, number) -> new Settled(row.getInt(1), row.getInt(2)))
                .optional();
    }

    /** Writes down which hours are settled; the first of them counts only where none were. */
    void settle(Settled settled) {
        jdbc.sql(MARK)
                .param("first", settled.fromHour())
                .param("hour", settled.toHour())
                .update();
    }

    /** The oldest instant at which a service was made, epoch milliseconds; empty where there is none. */
    Optional<Long> oldest() {
        return jdbc.sql("SELECT min(at_ms) FROM service_change HAVING count(*) > 0")
                .query(Long.class)
                .optional();
    }

    /** Living services above an id, by id, so many at most. */
    List<Long> services(long after, int limit) {
        return jdbc.sql("SELECT id FROM service WHERE id > :after AND deleted_at IS NULL ORDER BY id LIMIT :limit")
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> row.getLong("id"))
                .list();
    }

    /** Adds up what is stored of some services within an hour, up to an instant. */
    List<HourSum> add(
            Collection<Wanted> wanted,
            int hour,
            long toMillis,
            Function<Wanted, Map<Integer, List<MissingSlots>>> gaps) {
        Map<Long, Wanted> byId = new HashMap<>();
        wanted.forEach(one -> byId.put(one.serviceId(), one));
        Map<Long, Map<Integer, HourTally>> tallies = new TreeMap<>();
        jdbc.sql(RESULTS)
                .param("ids", wanted.stream().mapToLong(Wanted::serviceId).toArray())
                .param("begins", wanted.stream().mapToLong(Wanted::beginMillis).toArray())
                .param("to", toMillis)
                .query(row -> {
                    long id = row.getLong(1);
                    int location = row.getInt(2);
                    tallies.computeIfAbsent(id, _ -> new TreeMap<>())
                            .computeIfAbsent(location, _ -> {
                                Wanted one = byId.get(id);
                                if (one == null) {
                                    throw new IllegalStateException("service %d was not asked for".formatted(id));
                                }
                                List<MissingSlots> missing = gaps.apply(one).getOrDefault(location, List.of());
                                return new HourTally(id, location, hour, toMillis, one.eras(), missing);
                            })
                            .add(
                                    row.getLong(3),
                                    Outcome.of(row.getInt(4)),
                                    row.getInt(5) == JobKind.GRID.code(),
                                    row.getInt(6),
                                    times(row));
                });
        List<HourSum> sums = new ArrayList<>();
        tallies.values().forEach(locations -> locations.values().forEach(tally -> sums.add(tally.sum())));
        return sums;
    }

    void write(List<HourSum> sums) {
        jdbc.sql(WRITE)
                .param("services", column(sums, HourSum::serviceId, Long[]::new))
                .param("locations", column(sums, sum -> (short) sum.locationId(), Short[]::new))
                .param("hours", column(sums, HourSum::hour, Integer[]::new))
                .param("ups", ints(sums, sum -> (int) sum.uptime().upMillis()))
                .param("downs", ints(sums, sum -> (int) sum.uptime().downMillis()))
                .param("unknowns", ints(sums, sum -> (int) sum.uptime().unknownMillis()))
                .param("suspendeds", ints(sums, sum -> (int) sum.uptime().suspendedMillis()))
                .param("checks", ints(sums, HourSum::checks))
                .param("faileds", ints(sums, HourSum::failed))
                .param("untolds", ints(sums, HourSum::untold))
                .param("mins", ints(sums, HourSum::minMicros))
                .param("maxs", ints(sums, HourSum::maxMicros))
                .param("p95s", ints(sums, sum -> sum.latency().quantile(0.95)))
                .param("dns", ints(sums, sum -> sum.phases().dnsMicros()))
                .param("connects", ints(sums, sum -> sum.phases().connectMicros()))
                .param("tls", ints(sums, sum -> sum.phases().tlsMicros()))
                .param("firstBytes", ints(sums, sum -> sum.phases().firstByteMicros()))
                .param("transfers", ints(sums, sum -> sum.phases().transferMicros()))
                .param("latencies", column(sums, sum -> sum.latency().bytes(), byte[][]::new))
                .update();
    }

    /** Sums of one service at one location, by hour: from, included, to, excluded. */
    public List<HourSum> read(long serviceId, int locationId, int fromHour, int toHour) {
        return jdbc.sql(READ)
                .param("serviceId", serviceId)
                .param("locationId", locationId)
                .param("from", fromHour)
                .param("to", toHour)
                .query(HourSumTable::read)
                .list();
    }

    /** Deletes what is older than an hour. */
    void deleteBefore(int hour) {
        jdbc.sql("DELETE FROM service_hour WHERE hour < :hour")
                .param("hour", hour)
                .update();
    }

    private static @Nullable Integer[] ints(List<HourSum> sums, Function<HourSum, @Nullable Integer> value) {
        @Nullable Integer[] column = new @Nullable Integer[sums.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(sums.get(i));
        }
        return column;
    }

    private static <T> T[] column(
            List<HourSum> sums, Function<HourSum, T> value, java.util.function.IntFunction<T[]> array) {
        return sums.stream().map(value).toArray(array);
    }

    private static PhaseTimes times(ResultSet row) throws SQLException {
        return new PhaseTimes(micros(row, 7), micros(row, 8), micros(row, 9), micros(row, 10), micros(row, 11));
    }

    private static int micros(ResultSet row, int column) throws SQLException {
        int micros = row.getInt(column);
        return row.wasNull() ? PhaseTimes.NONE : micros;
    }

    private static HourSum read(ResultSet row, int number) throws SQLException {
        return new HourSum(
                row.getLong("service_id"),
                row.getInt("location_id"),
                row.getInt("hour"),
                new Uptime(
                        row.getLong("up_ms"),
                        row.getLong("down_ms"),
                        row.getLong("unknown_ms"),
                        row.getLong("suspended_ms")),
                row.getInt("checks"),
                row.getInt("failed"),
                row.getInt("untold"),
                optional(row, "min_us"),
                optional(row, "max_us"),
                new PhaseMeans(
                        optional(row, "dns_us"),
                        optional(row, "connect_us"),
                        optional(row, "tls_us"),
                        optional(row, "first_byte_us"),
                        optional(row, "transfer_us")),
                LatencyHistogram.of(row.getBytes("latency")));
    }

    private static @Nullable Integer optional(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }
}
