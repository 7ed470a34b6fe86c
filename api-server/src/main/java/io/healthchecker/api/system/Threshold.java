package io.healthchecker.api.system;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Within what a figure is as it should be. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Within what a figure is as it should be, in the figure's own unit.")
public record Threshold(
        @Schema(description = "More needs a look.", nullable = true, example = "2000") @Nullable
        Double atMost,

        @Schema(description = "Less needs a look.", nullable = true, example = "1") @Nullable
        Double atLeast) {

    static Threshold atMost(double value) {
        return new Threshold(value, null);
    }

    static Threshold atLeast(double value) {
        return new Threshold(null, value);
    }

    /** Whether a figure needs a look. */
    boolean isPassed(double value) {
        return (atMost != null && value > atMost) || (atLeast != null && value < atLeast);
    }
}
