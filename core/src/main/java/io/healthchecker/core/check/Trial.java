package io.healthchecker.core.check;

import io.healthchecker.crds.Definition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody tries a definition out that is not stored.
 *
 * @param id not guessable, chosen by who asks
 * @param teamId whose rules hold
 * @param deadline epoch milliseconds after which nobody waits for the answer
 */
public record Trial(String id, int teamId, Definition definition, long deadline) {

    /**
     * What a trial showed.
     *
     * @param steps where the check takes several, what became of each that was begun; null from an older worker
     */
    public record Answer(
            Outcome outcome,
            Reason reason,
            int latencyMicros,
            PhaseTimes phases,
            int httpStatus,
            @Nullable String detail,
            @Nullable List<StepResult> steps) {

        /** What a result says, without what makes it one of a stored service. */
        public static Answer of(CheckResult result, List<StepResult> steps) {
            return new Answer(
                    result.outcome(),
                    result.reason(),
                    result.latencyMicros(),
                    result.phases(),
                    result.httpStatus(),
                    result.detail(),
                    steps);
        }
    }
}
