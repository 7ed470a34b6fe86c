package io.healthchecker.core.check;

import io.healthchecker.core.job.JobKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code gap}: slots without a result, and why. Append-only; a gap that is there already is left as it is. */
public final class GapTable {
    private static final String INSERT = """
            INSERT INTO gap (service_id, from_slot, location_id, to_slot, slots, reason)
            SELECT service_id, from_slot, :location, to_slot, slots, reason
              FROM unnest(:services, :from, :to, :slots, :reasons) AS g (service_id, from_slot, to_slot, slots, reason)
            ON CONFLICT DO NOTHING
            """;

    // an era ends where the earliest era of a later version begins: a suspension may come before a change that waits
    private static final String LOST = """
            WITH era AS (
                SELECT service_id, version, active, period_ms::bigint AS period, phase_ms::bigint AS phase, effective_ms AS begins,
                       min(effective_ms) OVER (PARTITION BY service_id ORDER BY version
                                               ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS ends
                  FROM service_change
                 WHERE shard = :shard),
            span AS (
                SELECT service_id, version, period, phase,
                       greatest(begins, :after + 1) AS first_ms, least(ends - 1, :to) AS last_ms
                  FROM era
                 WHERE active AND begins <= :to AND (ends IS NULL OR ends > :after + 1)),
            run AS (
                SELECT service_id, version, period,
                       first_ms + mod(mod(phase - first_ms, period) + period, period) AS first_slot,
                       last_ms - mod(mod(last_ms - phase, period) + period, period) AS last_slot
                  FROM span
                 WHERE first_ms <= last_ms),
            open_run AS (
                SELECT *
                  FROM run AS r
                 WHERE first_slot <= last_slot
                   AND NOT EXISTS (SELECT FROM gap AS g
                                    WHERE g.service_id = r.service_id AND g.location_id = :location
                                      AND g.from_slot <= r.first_slot AND g.to_slot >= r.last_slot)),
            whole AS (
                SELECT *
                  FROM open_run AS r
                 WHERE :coarse
                   AND NOT EXISTS (SELECT FROM check_result AS c
                                    WHERE c.service_id = r.service_id AND c.location_id = :location
                                      AND c.slot BETWEEN r.first_slot AND r.last_slot)
                   AND NOT EXISTS (SELECT FROM gap AS g
                                    WHERE g.service_id = r.service_id AND g.location_id = :location
                                      AND g.from_slot <= r.last_slot AND g.to_slot >= r.first_slot)),
            hole AS (
                SELECT r.service_id, r.version, r.period, s.slot
                  FROM open_run AS r
                 CROSS JOIN LATERAL generate_series(r.first_slot, r.last_slot, r.period) AS s (slot)
                 WHERE NOT EXISTS (SELECT FROM whole AS w WHERE w.service_id = r.service_id AND w.version = r.version)
                   AND NOT EXISTS (SELECT FROM check_result AS c
                                    WHERE c.service_id = r.service_id AND c.location_id = :location AND c.slot = s.slot
                                      AND c.slot > :after AND c.slot <= :to)
                   AND NOT EXISTS (SELECT FROM gap AS g
                                    WHERE g.service_id = r.service_id AND g.location_id = :location
                                      AND g.from_slot <= s.slot AND g.to_slot >= s.slot)),
            island AS (
                SELECT service_id, version, slot,
                       slot / period - row_number() OVER (PARTITION BY service_id, version ORDER BY slot) AS number
                  FROM hole),
            lost AS (
                SELECT service_id, min(slot) AS from_slot, max(slot) AS to_slot, count(*) AS slots
                  FROM island
                 GROUP BY service_id, version, number
                 UNION ALL
                SELECT service_id, first_slot, last_slot, (last_slot - first_slot) / period + 1
                  FROM whole),
            recorded AS (
                INSERT INTO gap (service_id, from_slot, location_id, to_slot, slots, reason)
                SELECT service_id, from_slot, :location, to_slot, slots, :reason
                  FROM lost
                ON CONFLICT DO NOTHING
                RETURNING slots)
            SELECT coalesce(sum(slots), 0) FROM recorded
            """;

    private static final String DELETE = """
            DELETE FROM gap WHERE ctid = ANY(ARRAY(SELECT ctid FROM gap WHERE to_slot < :slot LIMIT :limit))
            """;

    private static final String TOUCHING = """
            SELECT * FROM gap
             WHERE service_id = :serviceId AND location_id = :location AND from_slot < :to AND to_slot >= :from
             ORDER BY from_slot
            """;

    private static final String TOUCHING_ALL = """
            SELECT * FROM gap
             WHERE service_id = ANY(:ids) AND from_slot < :to AND to_slot >= :from
             ORDER BY service_id, from_slot
            """;

    private static final String SELECT = """
            SELECT * FROM gap
             WHERE service_id = :serviceId AND from_slot < :to AND to_slot >= :from
               AND (CAST(:afterLocation AS smallint) IS NULL OR from_slot < :to - 1 OR location_id > :afterLocation)
             ORDER BY from_slot DESC, location_id
             LIMIT :limit
            """;

    private final JdbcClient jdbc;

    public GapTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds gaps, all of one location, in one statement. */
    public void insert(int locationId, List<Gap> gaps) {
        jdbc.sql(INSERT)
                .param("location", locationId)
                .param("services", gaps.stream().mapToLong(Gap::serviceId).toArray())
                .param("from", gaps.stream().mapToLong(Gap::fromSlot).toArray())
                .param("to", gaps.stream().mapToLong(Gap::toSlot).toArray())
                .param("slots", gaps.stream().mapToInt(Gap::slots).toArray())
                .param(
                        "reasons",
                        gaps.stream().mapToInt(gap -> gap.reason().code()).toArray())
                .update();
    }

    /** Deletes gaps that ended before a slot, at most so many, and says how many they were. */
    public int deleteBefore(long slot, int limit) {
        return jdbc.sql(DELETE).param("slot", slot).param("limit", limit).update();
    }

    /** Gaps at one location that reach into a window of slots, oldest first. */
    public List<Gap> touching(long serviceId, int locationId, long fromSlot, long toSlot) {
        return jdbc.sql(TOUCHING)
                .param("serviceId", serviceId)
                .param("location", locationId)
                .param("from", fromSlot)
                .param("to", toSlot)
                .query((row, number) -> read(row, number).gap())
                .list();
    }

    /** Gaps of some services that reach into a window of slots, by service, oldest first. */
    public List<RecordedGap> touching(Collection<Long> serviceIds, long fromSlot, long toSlot) {
        return jdbc.sql(TOUCHING_ALL)
                .param("ids", serviceIds.toArray(Long[]::new))
                .param("from", fromSlot)
                .param("to", toSlot)
                .query(GapTable::read)
                .list();
    }

    /** Gaps that reach into a window of slots, newest first, after one that was read before. */
    public List<RecordedGap> select(long serviceId, long fromSlot, long toSlot, @Nullable JobKey after, int limit) {
        return jdbc.sql(SELECT)
                .param("serviceId", serviceId)
                .param("from", fromSlot)
                .param("to", after == null ? toSlot : Math.min(toSlot, after.slot() + 1))
                .param("afterLocation", after == null || after.slot() >= toSlot ? null : (short) after.locationId())
                .param("limit", limit)
                .query(GapTable::read)
                .list();
    }

    private static RecordedGap read(ResultSet row, int number) throws SQLException {
        return new RecordedGap(
                new Gap(
                        row.getLong("service_id"),
                        row.getLong("from_slot"),
                        row.getLong("to_slot"),
                        row.getInt("slots"),
                        Reason.of(row.getInt("reason"))),
                row.getInt("location_id"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }

    /** Slots after an instant and up to another one, epoch milliseconds. */
    public record Window(long afterMillis, long toMillis) {}

    /**
     * Finds every slot of a shard's services in a window that has neither result nor gap, and records it as lost.
     *
     * @param coarse whether a service without any result or gap in the window may be recorded without looking at each
     *     of its slots
     * @return how many slots were lost
     */
    public long recordLost(int shard, int locationId, Window window, boolean coarse) {
        return jdbc.sql(LOST)
                .param("shard", shard)
                .param("location", locationId)
                .param("after", window.afterMillis())
                .param("to", window.toMillis())
                .param("coarse", coarse)
                .param("reason", Reason.LOST.code())
                .query(Long.class)
                .single();
    }
}
