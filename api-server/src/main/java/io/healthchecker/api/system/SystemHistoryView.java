package io.healthchecker.api.system;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the figures were within the last hour, as one api-server saw them. */
@Schema(
        description =
                "What the figures were within the last hour, as the api-server that answers saw them since it began.")
public record SystemHistoryView(
        @Schema(description = "When the first step begins.") Instant from,

        @Schema(description = "Seconds from one step to the next.", example = "10")
        int stepSeconds,

        @Schema(
                description =
                        "By name: lateness (ms), rate (checks a second), missed, unknown (a minute), queue (seconds),"
                                + " schedulers (shards), workers, backlog (results), feed (clients), database, redis (ms).")
        Map<String, HourView> figures) {

    /** One figure. */
    @Schema(description = "One figure, a value a step, oldest first. Where nothing was seen there is null, never zero.")
    public record HourView(
            @Schema(description = "The least that was seen in each step.", example = "[2.5, null]")
            List<@Nullable Double> least,

            @Schema(description = "The most that was seen in each step.", example = "[41.0, null]")
            List<@Nullable Double> most) {}
}
