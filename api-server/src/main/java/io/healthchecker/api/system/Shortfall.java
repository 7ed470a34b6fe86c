package io.healthchecker.api.system;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.healthchecker.api.system.SystemView.Checks;
import io.healthchecker.api.system.SystemView.LocationView;
import io.healthchecker.api.system.SystemView.WorkerView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something that keeps services from being known. Whoever looks at a state should hear of it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Something that keeps services from being known.")
public record Shortfall(
        @Schema(
                description = "BLIND: the database cannot be asked. STOPPED: no worker lives. LATE: checks begin late."
                        + " UNTOLD: results could not tell.")
        Kind kind,

        @Schema(description = "Where; absent where it is so everywhere.", nullable = true, example = "sin") @Nullable
        String location,

        @Schema(description = "Of BLIND and STOPPED, where it is known.", nullable = true) @Nullable
        Instant since,

        @Schema(description = "Of LATE: p99.", nullable = true, example = "48000") @Nullable
        Integer latenessMillis,

        @Schema(description = "Of UNTOLD: the most frequent one.", nullable = true, example = "NO_CONNECTIVITY")
        @Nullable
        String reason,

        @Schema(description = "Services that are Unknown because of it; 0 where nobody can tell.", example = "214")
        long services) {

    /** What the matter is. */
    public enum Kind {
        BLIND,
        STOPPED,
        LATE,
        UNTOLD
    }

    /** Those of now, the most services first; none while every service can be known. */
    static List<Shortfall> of(Figure<List<WorkerView>> workers, Figure<Checks> checks) {
        List<WorkerView> seen = workers.value();
        Checks made = checks.value();
        if (seen == null || made == null) {
            Instant since = workers.unknownSince() == null ? checks.unknownSince() : workers.unknownSince();
            return List.of(new Shortfall(Kind.BLIND, null, since, null, null, 0));
        }
        List<Shortfall> ofLocations = made.locations().stream()
                .filter(location -> location.servicesUnknown() > 0)
                .sorted(Comparator.comparingLong(LocationView::servicesUnknown).reversed())
                .map(location -> of(location, seen))
                .toList();
        return ofLocations.isEmpty() && made.services() > 0 && WorkerView.alive(seen) == 0
                ? List.of(new Shortfall(Kind.STOPPED, null, lastSeen(seen), null, null, 0))
                : ofLocations;
    }

    private static Shortfall of(LocationView location, List<WorkerView> workers) {
        String name = location.name();
        long services = location.servicesUnknown();
        List<WorkerView> there = workers.stream()
                .filter(worker -> worker.location().equals(name))
                .toList();
        if (WorkerView.alive(there) == 0) {
            return new Shortfall(Kind.STOPPED, name, lastSeen(there), null, null, services);
        }
        Integer lateness = location.latenessP99Millis();
        if (lateness != null && Measure.LATENESS.isPassed(lateness)) {
            return new Shortfall(Kind.LATE, name, null, lateness, null, services);
        }
        return new Shortfall(Kind.UNTOLD, name, null, null, mostFrequent(location.unknown()), services);
    }

    private static @Nullable Instant lastSeen(List<WorkerView> workers) {
        return workers.stream()
                .map(WorkerView::seenAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static @Nullable String mostFrequent(Map<String, Long> reasons) {
        return reasons.entrySet().stream()
                .filter(entry -> CheckSample.isOurs(entry.getKey()))
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
