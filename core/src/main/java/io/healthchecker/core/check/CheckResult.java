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
 * @param detail what happened, for a person: cut after 1000 characters, no secret; null where the reason says it all
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
    /** Longest detail that is kept. */
    public static final int MAX_DETAIL = 1_000;

    public CheckResult {
        detail = detail == null ? null : storable(detail);
    }

    /** A job that was not probed, for a reason of ours. */
    public static CheckResult unknown(Job job, Reason reason, int latenessMillis, @Nullable String detail) {
        return new CheckResult(job, Outcome.UNKNOWN, reason, latenessMillis, 0, PhaseTimes.EMPTY, 0, false, detail);
    }

    /** The same with another detail. */
    public CheckResult withDetail(@Nullable String other) {
        return new CheckResult(
                job, outcome, reason, latenessMillis, latencyMicros, phases, httpStatus, slowWorker, other);
    }

    // PostgreSQL stores no NUL, and a hostile target may well send one
    private static String storable(String detail) {
        String text = detail.replace('\u0000', '\uFFFD');
        if (text.length() <= MAX_DETAIL) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_DETAIL - 1)) ? MAX_DETAIL - 1 : MAX_DETAIL;
        return text.substring(0, end);
    }
}
