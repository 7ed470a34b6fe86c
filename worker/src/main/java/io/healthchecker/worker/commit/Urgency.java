package io.healthchecker.worker.commit;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.verdict.Thresholds;
import org.jspecify.annotations.Nullable;

/**
 * Which results of one service should not wait to be written: those that may be among the last that turn its verdict, as
 * far as this worker saw the ones before, and those that somebody waits for.
 */
public final class Urgency {
    private final int enough; // as many equal ones in a row have turned whatever they can turn
    private @Nullable Outcome last;
    private int run;

    public Urgency(Thresholds thresholds) {
        this.enough = Math.max(thresholds.failures(), thresholds.successes()) + 1; // a doubtful one takes one more
    }

    /** Whether the next result presses; for any thread, once a result. */
    public synchronized boolean of(CheckResult result) {
        Outcome outcome = result.outcome();
        if (outcome != Outcome.UNKNOWN) {
            run = outcome == last ? Math.min(run + 1, enough + 1) : 1;
            last = outcome;
        }
        return result.job().kind() != JobKind.GRID || (outcome != Outcome.UNKNOWN && run <= enough);
    }
}
