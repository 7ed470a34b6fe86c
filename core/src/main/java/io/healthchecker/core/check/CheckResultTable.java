package io.healthchecker.core.check;

import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKey;
import io.healthchecker.core.job.JobKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code check_result}, append-only: one row a job. Its partitions are {@link CheckPartitionTable}'s. */
public final class CheckResultTable {
    private static final int SLOW_WORKER = 1;

    // in key order, so that two writers of the same jobs wait for each other instead of deadlocking
    private static final Comparator<CheckResult> KEY_ORDER = Comparator.<CheckResult>comparingLong(
                    r -> r.job().serviceId())
            .thenComparingLong(r -> r.job().slot())
            .thenComparingInt(r -> r.job().locationId());

    private static final String INSERT = """
            INSERT INTO check_result (service_id, slot, version, lateness_ms, latency_us, dns_us, connect_us, tls_us,
                                      first_byte_us, transfer_us, worker_id, location_id, outcome, reason, kind, flags,
                                      http_status)
            SELECT service_id, slot, version, lateness_ms, latency_us, nullif(dns_us, -1), nullif(connect_us, -1),
                   nullif(tls_us, -1), nullif(first_byte_us, -1), nullif(transfer_us, -1), :workerId, location_id,
                   outcome, reason, kind, flags, nullif(http_status, 0)
              FROM unnest(:services, :slots, :versions, :latenesses, :latencies, :dns, :connect, :tls, :firstByte,
                          :transfer, :locations, :outcomes, :reasons, :kinds, :flags, :statuses)
                   AS n (service_id, slot, version, lateness_ms, latency_us, dns_us, connect_us, tls_us, first_byte_us,
                         transfer_us, location_id, outcome, reason, kind, flags, http_status)
            ON CONFLICT DO NOTHING
            RETURNING service_id, slot, location_id
            """;

    private static final String TELLING_AFTER = """
            SELECT q.service_id, q.location_id, q.slot AS after, r.slot
              FROM unnest(:services, :locations, :slots) AS q (service_id, location_id, slot)
             CROSS JOIN LATERAL (
                   SELECT c.slot
                     FROM check_result AS c
                    WHERE c.service_id = q.service_id AND c.slot > q.slot AND c.location_id = q.location_id
                      AND c.outcome <> 4
                    ORDER BY c.slot DESC
                    LIMIT 64) AS r
            """;

    // the text of a failure is stored where it changed: what holds for a row is the newest at or before it
    private static final String COLUMNS = """
            SELECT r.*,
                   CASE WHEN r.outcome <> 1 THEN (
                        SELECT CASE WHEN d.reason = r.reason THEN nullif(d.detail, '') END
                          FROM failure_detail AS d
                         WHERE d.service_id = r.service_id AND d.slot <= r.slot AND d.location_id = r.location_id
                         ORDER BY d.slot DESC
                         LIMIT 1) END AS detail
              FROM\s""";

    private static final String WANTED = """
            check_result AS r
             WHERE r.service_id = :serviceId AND r.slot >= :from AND r.slot < :to
               AND (cardinality(CAST(:outcomes AS smallint[])) = 0 OR r.outcome = ANY(:outcomes))
               AND (CAST(:afterLocation AS smallint) IS NULL OR r.slot < :to - 1 OR r.location_id > :afterLocation)
            """;

    private static final String SELECT =
            COLUMNS + WANTED + " ORDER BY r.slot DESC, r.location_id LIMIT :limit OFFSET :offset";

    private static final String COUNT = "SELECT count(*) FROM " + WANTED;

    private static final String FIND = COLUMNS + """
            check_result AS r
             WHERE r.service_id = :serviceId AND r.slot = :slot AND r.location_id = :location
            """;

    private static final String OUTCOMES = """
            SELECT slot, outcome, kind
              FROM check_result
             WHERE service_id = :serviceId AND location_id = :location AND slot > :after AND slot < :to
             ORDER BY slot
             LIMIT :limit
            """;

    private static final String LATEST = COLUMNS + """
            unnest(:services) AS q (service_id)
             CROSS JOIN LATERAL (
                   SELECT * FROM check_result AS c WHERE c.service_id = q.service_id ORDER BY c.slot DESC LIMIT 1) AS r
            """;

    private final JdbcClient jdbc;

    public CheckResultTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes results of one worker and says which of them were the first of their job. The others change nothing. */
    public Set<JobKey> insert(Collection<CheckResult> results, int workerId) {
        List<CheckResult> sorted = new ArrayList<>(results);
        sorted.sort(KEY_ORDER);
        Columns columns = new Columns(sorted);
        Set<JobKey> inserted = new HashSet<>(sorted.size() * 2);
        jdbc.sql(INSERT).params(columns.named()).param("workerId", workerId).query(row -> {
            inserted.add(new JobKey(row.getLong(1), row.getLong(2), row.getInt(3)));
        });
        return inserted;
    }

    /**
     * For each job its newer slots of the same service and location whose results told something (the newest 64 of
     * them); nothing for a job that has none.
     */
    public Map<JobKey, List<Long>> tellingAfter(Collection<JobKey> jobs) {
        long[] services = new long[jobs.size()];
        short[] locations = new short[jobs.size()];
        long[] slots = new long[jobs.size()];
        int i = 0;
        for (JobKey job : jobs) {
            services[i] = job.serviceId();
            locations[i] = (short) job.locationId();
            slots[i++] = job.slot();
        }
        Map<JobKey, List<Long>> newer = new HashMap<>();
        jdbc.sql(TELLING_AFTER)
                .param("services", services)
                .param("locations", locations)
                .param("slots", slots)
                .query(row -> {
                    JobKey job = new JobKey(row.getLong("service_id"), row.getLong("after"), row.getInt("location_id"));
                    newer.computeIfAbsent(job, _ -> new ArrayList<>()).add(row.getLong("slot"));
                });
        return newer;
    }

    /** How many results of a service are kept. */
    public long count(long serviceId) {
        return jdbc.sql("SELECT count(*) FROM check_result WHERE service_id = :serviceId")
                .param("serviceId", serviceId)
                .query(Long.class)
                .single();
    }

    /** The newest results of a service whose slots are below one, newest first. */
    public List<CheckResult> before(long serviceId, long slot, int limit) {
        return select(new ResultQuery(serviceId, 0, slot, Set.of(), null), limit, 0);
    }

    /** One page of a service's results, newest first. A far page is slow: prefer {@link #before}. */
    public List<CheckResult> page(long serviceId, int offset, int limit) {
        return select(new ResultQuery(serviceId, 0, Long.MAX_VALUE, Set.of(), null), limit, offset);
    }

    /** Some results of a service, newest first, after so many that are skipped. */
    public List<CheckResult> select(ResultQuery query, int limit, int offset) {
        return wanted(SELECT, query)
                .param("limit", limit)
                .param("offset", offset)
                .query(CheckResultTable::read)
                .list();
    }

    /** How many results a query has. */
    public long count(ResultQuery query) {
        return wanted(COUNT, query).query(Long.class).single();
    }

    // the slot of the row before may have more rows, of other locations: it is the last slot that is looked at
    private JdbcClient.StatementSpec wanted(String sql, ResultQuery query) {
        JobKey after = query.after();
        return jdbc.sql(sql)
                .param("serviceId", query.serviceId())
                .param("from", query.fromSlot())
                .param("to", after == null ? query.toSlot() : Math.min(query.toSlot(), after.slot() + 1))
                .param(
                        "outcomes",
                        query.outcomes().stream()
                                .map(outcome -> (short) outcome.code())
                                .toArray(Short[]::new))
                .param(
                        "afterLocation",
                        after == null || after.slot() >= query.toSlot() ? null : (short) after.locationId());
    }

    /** The result of one job. */
    public Optional<CheckResult> find(JobKey job) {
        return jdbc.sql(FIND)
                .param("serviceId", job.serviceId())
                .param("slot", job.slot())
                .param("location", job.locationId())
                .query(CheckResultTable::read)
                .optional();
    }

    /** Outcomes at one location for slots after one and before another, oldest first. */
    public List<SlotOutcome> outcomes(long serviceId, int locationId, long after, long to, int limit) {
        return jdbc.sql(OUTCOMES)
                .param("serviceId", serviceId)
                .param("location", locationId)
                .param("after", after)
                .param("to", to)
                .param("limit", limit)
                .query((row, number) -> new SlotOutcome(
                        row.getLong("slot"), Outcome.of(row.getInt("outcome")), JobKind.of(row.getInt("kind"))))
                .list();
    }

    /** The newest result of each of some services, by service id; nothing for one without. */
    public Map<Long, CheckResult> latest(Collection<Long> serviceIds) {
        Map<Long, CheckResult> latest = new HashMap<>();
        jdbc.sql(LATEST)
                .param(
                        "services",
                        serviceIds.stream().mapToLong(Long::longValue).toArray())
                .query(CheckResultTable::read)
                .list()
                .forEach(result -> latest.put(result.job().serviceId(), result));
        return latest;
    }

    private static CheckResult read(ResultSet row, int number) throws SQLException {
        return new CheckResult(
                new Job(
                        row.getLong("service_id"),
                        row.getLong("slot"),
                        row.getInt("location_id"),
                        row.getLong("version"),
                        JobKind.of(row.getInt("kind"))),
                Outcome.of(row.getInt("outcome")),
                Reason.of(row.getInt("reason")),
                row.getInt("lateness_ms"),
                row.getInt("latency_us"),
                new PhaseTimes(
                        micros(row, "dns_us"),
                        micros(row, "connect_us"),
                        micros(row, "tls_us"),
                        micros(row, "first_byte_us"),
                        micros(row, "transfer_us")),
                row.getInt("http_status"), // 0 for NULL
                (row.getInt("flags") & SLOW_WORKER) != 0,
                row.getString("detail"));
    }

    private static int micros(ResultSet row, String column) throws SQLException {
        int micros = row.getInt(column);
        return row.wasNull() ? PhaseTimes.NONE : micros;
    }

    /** Results turned on their side: primitive arrays travel in binary. */
    private static final class Columns {
        private final List<CheckResult> results;

        Columns(List<CheckResult> results) {
            this.results = results;
        }

        Map<String, Object> named() {
            Map<String, Object> named = new HashMap<>();
            named.put("services", longs(r -> r.job().serviceId()));
            named.put("slots", longs(r -> r.job().slot()));
            named.put("versions", longs(r -> r.job().version()));
            named.put("latenesses", ints(CheckResult::latenessMillis));
            named.put("latencies", ints(CheckResult::latencyMicros));
            named.put("dns", ints(r -> r.phases().dnsMicros()));
            named.put("connect", ints(r -> r.phases().connectMicros()));
            named.put("tls", ints(r -> r.phases().tlsMicros()));
            named.put("firstByte", ints(r -> r.phases().firstByteMicros()));
            named.put("transfer", ints(r -> r.phases().transferMicros()));
            named.put("locations", shorts(r -> r.job().locationId()));
            named.put("outcomes", shorts(r -> r.outcome().code()));
            named.put("reasons", shorts(r -> r.reason().code()));
            named.put("kinds", shorts(r -> r.job().kind().code()));
            named.put("flags", shorts(r -> r.slowWorker() ? SLOW_WORKER : 0));
            named.put("statuses", shorts(CheckResult::httpStatus));
            return named;
        }

        private long[] longs(java.util.function.ToLongFunction<CheckResult> column) {
            return results.stream().mapToLong(column).toArray();
        }

        private int[] ints(java.util.function.ToIntFunction<CheckResult> column) {
            return results.stream().mapToInt(column).toArray();
        }

        private short[] shorts(java.util.function.ToIntFunction<CheckResult> column) {
            short[] values = new short[results.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (short) column.applyAsInt(results.get(i));
            }
            return values;
        }
    }
}
