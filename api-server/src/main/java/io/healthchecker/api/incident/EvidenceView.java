package io.healthchecker.api.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.healthchecker.core.check.CheckResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What was seen from where: a row for each location, a column for each slot. */
@Schema(description = "What was seen from where: a row for each location, a column for each slot.")
public record EvidenceView(
        @Schema(description = "When checks were due, oldest first.")
        List<Instant> slots,

        List<LocationRow> locations) {

    /** What was seen from one location. */
    @Schema(description = "What was seen from one location; null where it has no result for a slot.")
    public record LocationRow(@Schema(example = "default") String location, List<@Nullable Cell> cells) {}

    /** One result, in short. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "One result, in short; its address is results/{slot in epoch milliseconds}~{location}.")
    public record Cell(
            @Schema(example = "DOWN") String outcome,
            @Schema(example = "CONNECT_REFUSED") String reason,
            @Schema(example = "41250") int latencyMicros) {
        private static Cell of(CheckResult result) {
            return new Cell(result.outcome().name(), result.reason().name(), result.latencyMicros());
        }
    }

    /** Results of one service, in any order. */
    static EvidenceView of(List<CheckResult> results, IntFunction<String> locationName) {
        var slots = new TreeSet<Long>();
        Map<String, Map<Long, Cell>> rows = new TreeMap<>();
        for (CheckResult result : results) {
            slots.add(result.job().slot());
            rows.computeIfAbsent(locationName.apply(result.job().locationId()), _ -> new TreeMap<>())
                    .put(result.job().slot(), Cell.of(result));
        }
        return new EvidenceView(
                slots.stream().map(Instant::ofEpochMilli).toList(),
                rows.entrySet().stream()
                        .map(row -> new LocationRow(row.getKey(), cells(slots, row.getValue())))
                        .toList());
    }

    private static List<@Nullable Cell> cells(TreeSet<Long> slots, Map<Long, Cell> bySlot) {
        List<@Nullable Cell> cells = new java.util.ArrayList<>(slots.size());
        slots.forEach(slot -> cells.add(bySlot.get(slot)));
        return cells;
    }
}
