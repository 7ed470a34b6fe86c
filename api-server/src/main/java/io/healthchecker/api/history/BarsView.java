package io.healthchecker.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What services were, a letter for each part of a time. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What services were: a letter for each part of a time, oldest first.")
public record BarsView(
        Instant from,
        Instant to,

        @Schema(description = "Length of a part, of the first one where they are days.", example = "1800")
        double bucketSeconds,

        @Schema(
                description = "When each part began, where they are calendar days of a zone: where clocks change, "
                        + "a day has 23 or 25 hours.")
        @Nullable
        List<Instant> starts,

        @Schema(
                description = "By service id. D Down, S Degraded (slow), N Unknown, U Up, P Suspended (paused), "
                        + "- did not exist yet, or had no result yet. The worst that was held in a part is shown.",
                example = "{\"1\": \"UUUUDDUU\"}")
        Map<String, String> bars) {}
