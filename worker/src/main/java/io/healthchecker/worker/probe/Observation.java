package io.healthchecker.worker.probe;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;

/** What a prober saw. Good or bad is for the definition to say; {@code Unable} is our own trouble and never counts against the target. */
public sealed interface Observation {
    PhaseTimes phases();

    /** The target answered. */
    record Answered(Answer answer, PhaseTimes phases) implements Observation {}

    /**
     * There was no whole answer.
     *
     * @param status of the last answer that had one, else 0
     */
    record Failed(Reason reason, String detail, int status, PhaseTimes phases) implements Observation {}

    /** Nothing can be said of the target. */
    record Unable(Reason reason, String detail, PhaseTimes phases) implements Observation {}
}
