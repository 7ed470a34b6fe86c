package io.healthchecker.operator.schedule;

import io.healthchecker.core.job.Backlog;
import io.healthchecker.core.job.JobKeys;

/**
 * What is left out while the workers of a stream group cannot keep up. What waits much longer than a check means
 * anything would only be recorded as late, so that a queue without workers stops growing.
 *
 * @param urgent whether slots of urgent periods are left out
 * @param belowMillis slots of other periods shorter than this are left out
 */
record Shed(boolean urgent, long belowMillis) {
    static final Shed NOTHING = new Shed(false, 0);

    private static final long SHORT_MILLIS = 60_000;

    /** The rule: short periods when jobs wait longer than {@code afterMillis}, all of them at three times that. */
    static Shed of(Backlog backlog, long afterMillis) {
        long waits = backlog.standard().oldestMillis();
        long below = waits <= afterMillis ? 0 : waits <= 3 * afterMillis ? SHORT_MILLIS : Long.MAX_VALUE;
        return new Shed(backlog.urgent().oldestMillis() > afterMillis, below);
    }

    boolean leavesOut(long periodMillis) {
        return periodMillis <= JobKeys.URGENT_PERIOD_MILLIS ? urgent : periodMillis < belowMillis;
    }
}
