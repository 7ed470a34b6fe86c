package io.healthchecker.core.verdict;

import io.healthchecker.core.check.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code location_verdict}. Whoever changes it holds the lock of the service's {@code service_state}. */
public final class LocationVerdictTable {
    private static final String FIND = """
            SELECT service_id, location_id, state, leaning, streak, slot
              FROM location_verdict
             WHERE service_id = ANY(:ids)
            """;

    private static final String WRITE = """
            INSERT INTO location_verdict (service_id, location_id, state, leaning, streak, slot)
            SELECT * FROM unnest(:ids, :locations, :states, :leanings, :streaks, :slots)
            ON CONFLICT (service_id, location_id)
            DO UPDATE SET state = excluded.state, leaning = excluded.leaning, streak = excluded.streak, slot = excluded.slot
            """;

    // every location gets a row: it keeps a late result of before the reset from counting
    private static final String RESET = """
            INSERT INTO location_verdict (service_id, location_id, state, leaning, streak, slot)
            SELECT :id, id, :unknown, :none, 0, :slot FROM location
            ON CONFLICT (service_id, location_id)
            DO UPDATE SET state = excluded.state, leaning = excluded.leaning, streak = 0, slot = excluded.slot
            """;

    // a period that was just shortened must not make old results look stale at once, hence updated_at; the limit keeps
    // the database from reading all results at once to find those of a few services
    private static final String SILENT = """
            SELECT v.service_id, v.location_id, v.slot, s.name
              FROM service AS s
              JOIN service_state AS st ON st.service_id = s.id
              JOIN location_verdict AS v ON v.service_id = s.id
             CROSS JOIN LATERAL (
                   SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint
                          - greatest(3000 * coalesce((s.definition ->> 'periodSeconds')::bigint, 60), 30000) AS since_ms
                  ) AS limits
              LEFT JOIN LATERAL (
                   SELECT true AS told FROM check_result AS c
                    WHERE c.service_id = v.service_id AND c.location_id = v.location_id
                      AND c.slot > since_ms AND c.outcome <> 4
                    LIMIT 1) AS recent ON true
             WHERE s.deleted_at IS NULL AND st.state <> 5 AND v.state <> 4
               AND v.slot <= since_ms AND extract(epoch FROM s.updated_at) * 1000 <= since_ms
               AND recent.told IS NULL
            """;

    private static final String SILENT_SHARDS = SILENT + " AND s.shard BETWEEN :first AND :last LIMIT :limit";

    private static final String SILENT_SERVICES = SILENT + " AND s.id = ANY(:ids)";

    private final JdbcClient jdbc;

    public LocationVerdictTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What the locations of some services hold, by service id. */
    public Map<Long, ServiceVerdict> find(Collection<Long> serviceIds) {
        Map<Long, Map<Integer, LocationVerdict>> byLocation = new HashMap<>();
        jdbc.sql(FIND)
                .param("ids", serviceIds.stream().mapToLong(Long::longValue).toArray())
                .query(row -> {
                    LocationVerdict verdict = new LocationVerdict(
                            State.of(row.getInt(3)), Outcome.of(row.getInt(4)), row.getInt(5), row.getLong(6));
                    byLocation
                            .computeIfAbsent(row.getLong(1), _ -> new HashMap<>())
                            .put(row.getInt(2), verdict);
                });
        Map<Long, ServiceVerdict> verdicts = new HashMap<>();
        byLocation.forEach((id, locations) -> verdicts.put(id, new ServiceVerdict(locations)));
        return verdicts;
    }

    /** Writes verdicts that changed. */
    public void write(List<Changed> changed) {
        jdbc.sql(WRITE)
                .param("ids", changed.stream().mapToLong(Changed::serviceId).toArray())
                .param(
                        "locations",
                        changed.stream().map(c -> (short) c.locationId()).toArray(Short[]::new))
                .param(
                        "states",
                        changed.stream()
                                .map(c -> (short) c.verdict().state().code())
                                .toArray(Short[]::new))
                .param(
                        "leanings",
                        changed.stream()
                                .map(c -> (short) c.verdict().leaning().code())
                                .toArray(Short[]::new))
                .param(
                        "streaks",
                        changed.stream().map(c -> (short) c.verdict().streak()).toArray(Short[]::new))
                .param(
                        "slots",
                        changed.stream().mapToLong(c -> c.verdict().slot()).toArray())
                .update();
    }

    /** Forgets what all locations held a service to be; from now on only results after a slot count. */
    public void reset(long serviceId, long slot) {
        jdbc.sql(RESET)
                .param("id", serviceId)
                .param("unknown", State.UNKNOWN.code())
                .param("none", Outcome.UNKNOWN.code())
                .param("slot", slot)
                .update();
    }

    /**
     * Verdicts in a range of shards that no result has told anything about for three periods, and at least 30 seconds; at
     * most so many.
     */
    public List<Silent> silent(int firstShard, int lastShard, int limit) {
        return jdbc.sql(SILENT_SHARDS)
                .param("first", firstShard)
                .param("last", lastShard)
                .param("limit", limit)
                .query(LocationVerdictTable::silent)
                .list();
    }

    /** The same for some services. */
    public List<Silent> silent(Collection<Long> serviceIds) {
        return jdbc.sql(SILENT_SERVICES)
                .param("ids", serviceIds.stream().mapToLong(Long::longValue).toArray())
                .query(LocationVerdictTable::silent)
                .list();
    }

    private static Silent silent(ResultSet row, int number) throws SQLException {
        return new Silent(
                row.getLong("service_id"), row.getInt("location_id"), row.getLong("slot"), row.getString("name"));
    }

    /** Removes the verdicts of a service. */
    public void delete(long serviceId) {
        jdbc.sql("DELETE FROM location_verdict WHERE service_id = :id")
                .param("id", serviceId)
                .update();
    }

    /**
     * A verdict that nothing supports any more.
     *
     * @param slot of the last result that changed it
     */
    public record Silent(long serviceId, int locationId, long slot, String service) {}

    /** A verdict that is to be written. */
    public record Changed(long serviceId, int locationId, LocationVerdict verdict) {}
}
