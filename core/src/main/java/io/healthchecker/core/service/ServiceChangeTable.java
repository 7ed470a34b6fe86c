package io.healthchecker.core.service;

import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.schedule.Digest;
import io.healthchecker.core.schedule.Shard;
import io.healthchecker.core.service.ServiceChange.Op;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Table {@code service_change}, append-only. Sequence numbers commit out of order, so a follower remembers a
 * transaction horizon instead: every transaction below it had ended when it was read. It re-reads what is at or above
 * the horizon until that ends too, and applies changes idempotently by version.
 */
public final class ServiceChangeTable {
    /**
     * How long after a change a new cadence begins, in milliseconds. Followers poll once in at most a second and jobs
     * are emitted 1.5 s ahead, so that no slot of the new grid is in the past when they hear of it.
     */
    public static final long EFFECTIVE_AFTER_MILLIS = 3_000;

    private static final String APPEND = """
            INSERT INTO service_change (service_id, shard, version, op, at_ms, effective_ms, period_ms, phase_ms, timeout_ms, active)
            SELECT :serviceId, :shard, :version, :op, now_ms, now_ms + :delay, :period, :phase, :timeout, :active
              FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms) AS clock
            RETURNING *
            """;

    private static final String HORIZON = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    private static final String SINCE = """
            SELECT * FROM service_change WHERE xid >= CAST(CAST(:horizon AS text) AS xid8) ORDER BY seq
            """;

    // the newest change that is in effect, and what comes after it
    private static final String CURRENT = """
            SELECT c.*
              FROM service_change AS c
             WHERE c.shard = ANY(:shards)
               AND NOT EXISTS (SELECT FROM service_change AS later
                                WHERE later.shard = c.shard AND later.service_id = c.service_id AND later.seq > c.seq
                                  AND later.effective_ms <= coalesce(:at, (extract(epoch FROM clock_timestamp()) * 1000)::bigint))
             ORDER BY c.service_id, c.seq
            """;

    // shifts and exclusive ors as in core.schedule.Digest
    private static final String DIGESTS = """
            SELECT shard, count(*) AS services, coalesce(bit_xor((service_id << 20) # version), 0) AS hash
              FROM (SELECT DISTINCT ON (service_id) shard, service_id, version, active
                      FROM service_change
                     WHERE shard = ANY(:shards)
                     ORDER BY service_id, version DESC) AS newest
             WHERE active
             GROUP BY shard
            """;

    private static final String ERAS = """
            SELECT * FROM service_change WHERE service_id = :serviceId AND shard = :shard ORDER BY seq
            """;

    private final JdbcClient jdbc;

    public ServiceChangeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Appends the change that led to the given row, in the transaction that made it. */
    public ServiceChange append(Service service, Op op) {
        long period = service.definition().periodMillis();
        boolean active = service.deletedAt() == null && !service.definition().suspended();
        return jdbc.sql(APPEND)
                .param("serviceId", service.id())
                .param("shard", Shard.of(service.id()))
                .param("version", service.version())
                .param("op", op.code())
                .param("delay", active ? EFFECTIVE_AFTER_MILLIS : 0)
                .param("period", period)
                .param("phase", Cadence.of(service.id(), period).phaseMillis())
                .param("timeout", service.definition().timeoutMillis())
                .param("active", active)
                .query(ServiceChangeTable::read)
                .single();
    }

    /** The transaction horizon: read it before a snapshot, then follow from it. */
    public long horizon() {
        return jdbc.sql(HORIZON).query(Long.class).single();
    }

    /** Every change at or above a horizon, by seq. Take the next {@link #horizon()} before this is called. */
    public List<ServiceChange> since(long horizon) {
        return jdbc.sql(SINCE)
                .param("horizon", horizon)
                .query(ServiceChangeTable::read)
                .list();
    }

    /**
     * What holds now in some shards: for each service the change in effect and those that will be, by service and seq.
     * Services that are suspended or deleted appear with {@code active} false.
     */
    public List<ServiceChange> current(Collection<Integer> shards) {
        return holding(shards, null);
    }

    /** Like {@link #current}, but from an earlier instant on, epoch milliseconds. */
    public List<ServiceChange> from(Collection<Integer> shards, long atMillis) {
        return holding(shards, atMillis);
    }

    /** What the schedule of each of some shards should come to; a shard without a service that has slots is absent. */
    public Map<Integer, Digest> digests(Collection<Integer> shards) {
        Map<Integer, Digest> digests = new HashMap<>();
        jdbc.sql(DIGESTS).param("shards", shards.toArray(Integer[]::new)).query(row -> {
            digests.put(row.getInt("shard"), new Digest(row.getInt("services"), row.getLong("hash")));
        });
        return digests;
    }

    private List<ServiceChange> holding(Collection<Integer> shards, @Nullable Long atMillis) {
        return jdbc.sql(CURRENT)
                .param("shards", shards.toArray(Integer[]::new))
                .param("at", atMillis, Types.BIGINT)
                .query(ServiceChangeTable::read)
                .list();
    }

    /** All changes of one service, by seq. */
    public List<ServiceChange> of(long serviceId) {
        return jdbc.sql(ERAS)
                .param("serviceId", serviceId)
                .param("shard", Shard.of(serviceId))
                .query(ServiceChangeTable::read)
                .list();
    }

    /** All changes of some services: by service, then by seq. */
    public Map<Long, List<ServiceChange>> of(Collection<Long> serviceIds) {
        Map<Long, List<ServiceChange>> changes = new TreeMap<>();
        jdbc.sql("SELECT * FROM service_change WHERE service_id = ANY(:ids) ORDER BY service_id, version")
                .param("ids", serviceIds.toArray(Long[]::new))
                .query(ServiceChangeTable::read)
                .list()
                .forEach(change -> changes.computeIfAbsent(change.serviceId(), _ -> new ArrayList<>())
                        .add(change));
        return changes;
    }

    private static ServiceChange read(ResultSet row, int number) throws SQLException {
        return new ServiceChange(
                row.getLong("seq"),
                row.getLong("service_id"),
                row.getInt("shard"),
                row.getLong("version"),
                Op.of(row.getInt("op")),
                row.getLong("at_ms"),
                row.getLong("effective_ms"),
                new Cadence(row.getLong("period_ms"), row.getLong("phase_ms")),
                row.getInt("timeout_ms"),
                row.getBoolean("active"));
    }
}
