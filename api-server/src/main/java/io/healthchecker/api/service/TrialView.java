package io.healthchecker.api.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.healthchecker.api.history.ResultView.Phases;
import io.healthchecker.core.check.Trial;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a trial showed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What a trial showed; nothing of it is stored.")
public record TrialView(
        @Schema(example = "DOWN") String outcome,
        @Schema(example = "CONNECT_REFUSED") String reason,

        @Schema(description = "What the reason means.", example = "Nothing listens at the address.")
        String text,

        @Schema(description = "What happened in particular.", nullable = true) @Nullable
        String detail,

        @Schema(description = "Status of the HTTP answer.", example = "200", nullable = true) @Nullable
        Integer httpStatus,

        @Schema(description = "From the start of the check to its verdict, microseconds.", example = "41250")
        int latencyMicros,

        Phases phases,

        @Schema(
                description = "Where the check takes several steps, what became of each that was begun.",
                nullable = true)
        @Nullable
        List<StepView> steps) {
    static TrialView of(Trial.Answer answer) {
        return new TrialView(
                answer.outcome().name(),
                answer.reason().name(),
                answer.reason().explanation(),
                answer.detail(),
                answer.httpStatus() == 0 ? null : answer.httpStatus(),
                answer.latencyMicros(),
                Phases.of(answer.phases()),
                answer.steps() == null || answer.steps().isEmpty()
                        ? null
                        : answer.steps().stream().map(StepView::of).toList());
    }
}
