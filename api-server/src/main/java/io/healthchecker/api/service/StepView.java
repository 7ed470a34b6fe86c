package io.healthchecker.api.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.healthchecker.api.history.ResultView.Phases;
import io.healthchecker.core.assertion.Assertions;
import io.healthchecker.core.check.StepResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one step of a trial. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What became of one step of a trial.")
public record StepView(
        @Schema(
                description = "Its name in the definition; the definition's own request is called request.",
                example = "login")
        String name,

        @Schema(description = "Whether the check went on behind it.", example = "true")
        boolean passed,

        @Schema(description = "Why it ended here.", nullable = true) @Nullable
        String failure,

        @Schema(description = "Status of its HTTP answer.", example = "200", nullable = true) @Nullable
        Integer httpStatus,

        Phases phases,

        @Schema(description = "Its own assertions.") List<AssertionView> assertions) {

    /** One assertion, with what it came to. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "One assertion, with what it came to.")
    public record AssertionView(
            @Schema(example = "json.items.size() > 0") String expression,

            @Schema(description = "With its values filled in.", example = "json.items.size() (0) > 0")
            String explained,

            @Schema(example = "false") boolean passed,

            @Schema(description = "What it means, by the definition.", nullable = true) @Nullable
            String message) {
        private static AssertionView of(Assertions.Row row) {
            return new AssertionView(row.source(), row.explained(), row.passed(), row.message());
        }
    }

    static StepView of(StepResult step) {
        return new StepView(
                step.name(),
                step.failure() == null,
                step.failure(),
                step.status() == 0 ? null : step.status(),
                Phases.of(step.phases()),
                step.assertions().stream().map(AssertionView::of).toList());
    }
}
