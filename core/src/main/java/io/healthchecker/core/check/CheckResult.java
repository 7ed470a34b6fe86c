package io.healthchecker.core.check;

import io.healthchecker.core.job.Job;
import org.jspecify.annotations.Nullable;

/**
 * The one row that a job ever leaves in history.
 *
 * @param latenessMillis start of the check minus its slot
 * @param latencyMicros from the start of the check to its verdict, 0 where nothing was probed
 * @param httpStatus status of the last answer, 0 where there was none
 * @param slowWorker whether the worker itself was so slow that the times are doubtful
 * @param detail what happened, for a person: at most 1000 characters, no secret; null where the reason says it all
 */
public record CheckResult(
        Job job,
        Outcome outcome,
        Reason reason,
        int latenessMillis,
        int latencyMicros,
        PhaseTimes phases,
        int httpStatus,
        boolean slowWorker,
        @Nullable String detail) {

    /** A job that was not probed, for a reason of ours. */
    public static CheckResult unknown(Job job, Reason reason, int latenessMillis, @Nullable String detail) {
        return new CheckResult(job, Outcome.UNKNOWN, reason, latenessMillis, 0, PhaseTimes.EMPTY, 0, false, detail);
    }
}
