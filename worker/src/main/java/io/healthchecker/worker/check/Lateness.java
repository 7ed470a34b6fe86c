package io.healthchecker.worker.check;

/** How much later than its slot a check would start, in milliseconds. */
public record Lateness(long millis) {
    private static final long ALWAYS_ALLOWED_MILLIS = 2_000;
    private static final long NEVER_ALLOWED_MILLIS = 60_000;

    /** Both in epoch milliseconds. */
    public static Lateness of(long slot, long now) {
        return new Lateness(now - slot);
    }

    /** Whether a check that starts so late would no longer speak of its slot, so that it is not made. */
    public boolean tooLate(long periodMillis) {
        return millis > Math.max(ALWAYS_ALLOWED_MILLIS, Math.min(periodMillis, NEVER_ALLOWED_MILLIS));
    }
}
