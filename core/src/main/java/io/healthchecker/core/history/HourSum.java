package io.healthchecker.core.history;

import org.jspecify.annotations.Nullable;

/**
 * What the results of one hour at one location add up to.
 *
 * @param hour since the epoch
 * @param checks all results
 * @param failed those that were DOWN
 * @param untold those that were UNKNOWN
 * @param minMicros of the checks that passed; null where none did
 * @param latency of the checks that passed
 */
public record HourSum(
        long serviceId,
        int locationId,
        int hour,
        Uptime uptime,
        int checks,
        int failed,
        int untold,
        @Nullable Integer minMicros,
        @Nullable Integer maxMicros,
        PhaseMeans phases,
        LatencyHistogram latency) {
    public static final long HOUR_MILLIS = 3_600_000;

    /** The hour in which an instant lies, epoch milliseconds. */
    public static int hourOf(long epochMillis) {
        return Math.toIntExact(Math.floorDiv(epochMillis, HOUR_MILLIS));
    }

    /** The hour as a stretch of time. */
    public static Window window(int hour) {
        return new Window(hour * HOUR_MILLIS, (hour + 1) * HOUR_MILLIS);
    }
}
