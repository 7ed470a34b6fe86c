package io.healthchecker.api.history;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;

/** What services were, a letter for each part of a time. */
@Schema(description = "What services were: a letter for each part of a time, oldest first.")
public record BarsView(
        Instant from,
        Instant to,

        @Schema(description = "Length of a part.", example = "1800")
        double bucketSeconds,

        @Schema(
                description = "By service id. D Down, S Degraded (slow), N Unknown, U Up, P Suspended (paused), "
                        + "- did not exist yet, or had no result yet. The worst that was held in a part is shown.",
                example = "{\"1\": \"UUUUDDUU\"}")
        Map<String, String> bars) {}
