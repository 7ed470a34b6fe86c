package io.healthchecker.core.verdict;

import io.healthchecker.core.check.Outcome;
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

    /** Removes the verdicts of a service. */
    public void delete(long serviceId) {
        jdbc.sql("DELETE FROM location_verdict WHERE service_id = :id")
                .param("id", serviceId)
                .update();
    }

    /** A verdict that is to be written. */
    public record Changed(long serviceId, int locationId, LocationVerdict verdict) {}
}
