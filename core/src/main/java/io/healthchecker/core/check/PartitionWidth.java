package io.healthchecker.core.check;

/**
 * How much time a partition of {@code check_result} spans: each service touches a leaf of its own in a partition's
 * index, so the more results there are, the narrower it has to be to stay in memory.
 */
public enum PartitionWidth {
    DAY(24),
    QUARTER_DAY(6),
    HOUR(1);

    static final long HOUR_MILLIS = 3_600_000;

    private final int hours;

    PartitionWidth(int hours) {
        this.hours = hours;
    }

    /** The width for so many results a second. */
    public static PartitionWidth forRate(double resultsPerSecond) {
        if (resultsPerSecond < 1_000) {
            return DAY;
        }
        return resultsPerSecond < 4_000 ? QUARTER_DAY : HOUR;
    }

    long millis() {
        return hours * HOUR_MILLIS;
    }
}
