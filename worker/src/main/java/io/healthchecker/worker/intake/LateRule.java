package io.healthchecker.worker.intake;

/** When a check would start too late to mean anything. */
final class LateRule {
    private static final long LEAST_MILLIS = 2_000;
    private static final long MOST_MILLIS = 60_000;

    private LateRule() {}

    /** Whether a check of a period is too late now. */
    static boolean isLate(long slot, long now, long periodMillis) {
        return now - slot > Math.max(LEAST_MILLIS, Math.min(periodMillis, MOST_MILLIS));
    }

    /** Whether a check of any period would be. */
    static boolean isLateForAll(long slot, long now) {
        return isLate(slot, now, MOST_MILLIS);
    }

    /** Whether a slot is so far off that it cannot be due: an hour ago it was recorded as lost, if it ever was one. */
    static boolean isAbsurd(long slot, long now) {
        return slot > now + MOST_MILLIS || slot < now - 3_600_000;
    }
}
