package io.healthchecker.core.check;

import io.healthchecker.core.job.JobKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Table {@code failure_detail}: the text of a failure, written only where it differs from the one before it. What holds
 * for a result is the newest text at or before its slot, if that has the same reason.
 */
public final class FailureDetailTable {
    private static final String NEWEST = """
            SELECT q.service_id, q.location_id, d.slot, d.reason, d.detail
              FROM unnest(:services, :locations) AS q (service_id, location_id)
             CROSS JOIN LATERAL (
                   SELECT f.slot, f.reason, f.detail
                     FROM failure_detail AS f
                    WHERE f.service_id = q.service_id AND f.location_id = q.location_id
                    ORDER BY f.slot DESC
                    LIMIT 1) AS d
            """;

    private static final String INSERT = """
            INSERT INTO failure_detail (service_id, slot, location_id, reason, detail)
            SELECT * FROM unnest(:services, :slots, :locations, :reasons, :details)
            ON CONFLICT DO NOTHING
            """;

    private static final String DELETE = """
            DELETE FROM failure_detail
             WHERE (service_id, slot, location_id) IN (
                   SELECT service_id, slot, location_id FROM failure_detail WHERE slot < :before ORDER BY slot LIMIT :limit)
            """;

    private final JdbcClient jdbc;

    public FailureDetailTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the texts of new results that are not UP, where they say something new. */
    public void remember(Collection<CheckResult> results) {
        List<CheckResult> failures = results.stream()
                .filter(result -> result.outcome() != Outcome.UP && result.reason() != Reason.LATE)
                .sorted(Comparator.comparingLong(result -> result.job().slot()))
                .toList();
        if (failures.isEmpty()) {
            return;
        }
        Map<Place, Text> newest = newest(failures);
        List<CheckResult> fresh = new ArrayList<>();
        for (CheckResult failure : failures) {
            Place place = Place.of(failure);
            Text text = Text.of(failure);
            Text last = newest.get(place);
            boolean isFresh = last == null ? failure.detail() != null : text.slot > last.slot && !text.says(last);
            if (isFresh) {
                fresh.add(failure);
                newest.put(place, text);
            }
        }
        if (!fresh.isEmpty()) {
            insert(fresh);
        }
    }

    /** Deletes the oldest texts of slots below one, at most so many, and says how many they were. */
    public int deleteBefore(long slot, int limit) {
        return jdbc.sql(DELETE).param("before", slot).param("limit", limit).update();
    }

    private Map<Place, Text> newest(List<CheckResult> failures) {
        List<Place> places = failures.stream().map(Place::of).distinct().toList();
        Map<Place, Text> newest = new HashMap<>();
        jdbc.sql(NEWEST)
                .param("services", places.stream().mapToLong(Place::serviceId).toArray())
                .param(
                        "locations",
                        places.stream().map(p -> (short) p.locationId).toArray(Short[]::new))
                .query(row -> {
                    newest.put(
                            new Place(row.getLong("service_id"), row.getInt("location_id")),
                            new Text(row.getLong("slot"), Reason.of(row.getInt("reason")), row.getString("detail")));
                });
        return newest;
    }

    private void insert(List<CheckResult> fresh) {
        List<JobKey> keys = fresh.stream().map(result -> result.job().key()).toList();
        jdbc.sql(INSERT)
                .param("services", keys.stream().mapToLong(JobKey::serviceId).toArray())
                .param("slots", keys.stream().mapToLong(JobKey::slot).toArray())
                .param(
                        "locations",
                        keys.stream().map(key -> (short) key.locationId()).toArray(Short[]::new))
                .param(
                        "reasons",
                        fresh.stream().map(r -> (short) r.reason().code()).toArray(Short[]::new))
                .param("details", fresh.stream().map(r -> Text.of(r).detail).toArray(String[]::new))
                .update();
    }

    private record Place(long serviceId, int locationId) {
        static Place of(CheckResult result) {
            return new Place(result.job().serviceId(), result.job().locationId());
        }
    }

    private record Text(long slot, Reason reason, String detail) {
        static Text of(CheckResult result) {
            String detail = result.detail();
            return new Text(result.job().slot(), result.reason(), detail == null ? "" : detail);
        }

        boolean says(Text other) {
            return reason == other.reason && detail.equals(other.detail);
        }
    }
}
