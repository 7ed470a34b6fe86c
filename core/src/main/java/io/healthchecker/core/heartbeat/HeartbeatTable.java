package io.healthchecker.core.heartbeat;

import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code heartbeat}. */
public final class HeartbeatTable {
    // 1 and 4: ServiceChange.Op.CREATED and RESUMED
    private static final String COLUMNS = """
            SELECT h.*, coalesce((SELECT max(c.at_ms) FROM service_change AS c
                                   WHERE c.service_id = h.service_id AND c.op IN (1, 4)), 0) AS resumed_ms
              FROM heartbeat AS h\s""";

    private static final String MAKE = """
            INSERT INTO heartbeat (service_id, token_hash, token_sealed) VALUES (:serviceId, :hash, :sealed)
            ON CONFLICT (service_id) DO UPDATE SET token_hash = excluded.token_hash, token_sealed = excluded.token_sealed
            """;

    private static final String WRITE = """
            UPDATE heartbeat
               SET signal = :signal, ping_ms = :ping, start_ms = :start, run_id = :run, duration_ms = :duration,
                   exit_status = :exit, excerpt = :excerpt, deadline_ms = :deadline, swept = false, asked_ms = NULL
             WHERE service_id = :serviceId
            """;

    private static final String LOOK = """
            UPDATE heartbeat
               SET swept = (swept AND deadline_ms IS NOT DISTINCT FROM :deadline) OR coalesce(:deadline <= :slot, false),
                   asked_ms = CASE WHEN deadline_ms IS NOT DISTINCT FROM :deadline THEN asked_ms END,
                   deadline_ms = :deadline
             WHERE service_id = :serviceId
               AND (deadline_ms IS DISTINCT FROM :deadline OR (NOT swept AND :deadline <= :slot))
            """;

    private static final String SWEEP = """
            WITH passed AS (
                SELECT service_id FROM heartbeat
                 WHERE NOT swept AND deadline_ms <= :now AND coalesce(asked_ms, 0) <= :askedBefore
                 ORDER BY deadline_ms LIMIT :limit
                   FOR NO KEY UPDATE SKIP LOCKED)
            UPDATE heartbeat AS h SET asked_ms = :now
              FROM passed, service AS s
             WHERE h.service_id = passed.service_id AND s.id = h.service_id
            RETURNING h.service_id, h.deadline_ms, s.version
            """;

    private final JdbcClient jdbc;

    public HeartbeatTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Gives a service a token, in place of any that it has. */
    public void giveToken(long serviceId, byte[] hash, byte @Nullable [] sealed) {
        jdbc.sql(MAKE)
                .param("serviceId", serviceId)
                .param("hash", hash)
                .param("sealed", sealed, Types.BINARY)
                .update();
    }

    /** The encrypted token of a service; empty if it has none, or none that can be shown. */
    public Optional<byte[]> sealedToken(long serviceId) {
        return jdbc.sql("SELECT token_sealed FROM heartbeat WHERE service_id = :id AND token_sealed IS NOT NULL")
                .param("id", serviceId)
                .query((row, _) -> row.getBytes(1))
                .optional();
    }

    /** The living service of a token. */
    public Optional<Service> serviceOf(byte[] tokenHash) {
        return jdbc.sql("""
                        SELECT s.* FROM heartbeat AS h JOIN service AS s ON s.id = h.service_id
                         WHERE h.token_hash = :hash AND s.deleted_at IS NULL
                        """).param("hash", tokenHash).query(ServiceTable::read).optional();
    }

    /** What a service reported, locked until the transaction ends. */
    public Optional<Heartbeat> lock(long serviceId) {
        return jdbc.sql(COLUMNS + "WHERE h.service_id = :id FOR NO KEY UPDATE OF h")
                .param("id", serviceId)
                .query(HeartbeatTable::read)
                .optional();
    }

    /** What some services reported, by id; nothing for one that has no token. */
    public Map<Long, Heartbeat> find(Collection<Long> serviceIds) {
        Map<Long, Heartbeat> found = new HashMap<>();
        jdbc.sql(COLUMNS + "WHERE h.service_id = ANY(:ids)")
                .param("ids", serviceIds.toArray(Long[]::new))
                .query(HeartbeatTable::read)
                .list()
                .forEach(heartbeat -> found.put(heartbeat.serviceId(), heartbeat));
        return found;
    }

    /** Writes what a service reported, and when silence begins to count. */
    public void write(Heartbeat heartbeat, long deadlineMillis) {
        jdbc.sql(WRITE)
                .param("deadline", stored(deadlineMillis), Types.BIGINT)
                .param("serviceId", heartbeat.serviceId())
                .param("signal", heartbeat.signal().code())
                .param("ping", heartbeat.pingMillis(), Types.BIGINT)
                .param("start", heartbeat.startMillis(), Types.BIGINT)
                .param("run", heartbeat.runId(), Types.VARCHAR)
                .param("duration", heartbeat.durationMillis(), Types.BIGINT)
                .param("exit", heartbeat.exitStatus(), Types.SMALLINT)
                .param("excerpt", heartbeat.excerpt(), Types.VARCHAR)
                .update();
    }

    /**
     * Notes that a check looked at a service as of a slot: a deadline up to then needs no other. It is moved where the
     * rhythm of the service is another now.
     */
    public void look(long serviceId, long deadlineMillis, long slot) {
        jdbc.sql(LOOK)
                .param("serviceId", serviceId)
                .param("deadline", stored(deadlineMillis), Types.BIGINT)
                .param("slot", slot)
                .update();
    }

    /** A deadline that passed. */
    public record Passed(long serviceId, long deadlineMillis, long version) {}

    /**
     * Deadlines that passed by an instant and were looked at by no check since. Each is given once, and again where no check
     * came of it in the time for one.
     */
    public List<Passed> sweep(long nowMillis, long millisForACheck, int limit) {
        return jdbc.sql(SWEEP)
                .param("now", nowMillis)
                .param("askedBefore", nowMillis - millisForACheck)
                .param("limit", limit)
                .query((row, _) ->
                        new Passed(row.getLong("service_id"), row.getLong("deadline_ms"), row.getLong("version")))
                .list();
    }

    private static @Nullable Long stored(long deadlineMillis) {
        return deadlineMillis == Long.MAX_VALUE ? null : deadlineMillis;
    }

    private static Heartbeat read(ResultSet row, int number) throws SQLException {
        return new Heartbeat(
                row.getLong("service_id"),
                Signal.of(row.getInt("signal")),
                row.getObject("ping_ms", Long.class),
                row.getObject("start_ms", Long.class),
                row.getString("run_id"),
                row.getObject("duration_ms", Long.class),
                row.getObject("exit_status", Integer.class),
                row.getString("excerpt"),
                row.getLong("resumed_ms"));
    }
}
