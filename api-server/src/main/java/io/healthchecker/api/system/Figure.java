package io.healthchecker.api.system;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that was looked at a moment ago, or that nobody can tell since some time. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What was seen, and when. What cannot be seen any more has no value, never a zero.")
public record Figure<T>(
        @Schema(description = "When it was seen; absent if it never was.", nullable = true) @Nullable
        Instant asOf,

        @Schema(description = "Since when it cannot be seen; absent while it can.", nullable = true) @Nullable
        Instant unknownSince,

        @Schema(description = "Absent while it cannot be seen.", nullable = true) @Nullable
        T value) {}
