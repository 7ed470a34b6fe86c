package io.healthchecker.core.check;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * One partition of {@code check_result}: the slots from an instant, inclusive, to another, both epoch milliseconds and
 * whole hours.
 */
public record CheckPartition(long from, long to) {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuuMMdd'_'HH").withZone(ZoneOffset.UTC);

    public CheckPartition {
        if (from >= to || from % PartitionWidth.HOUR_MILLIS != 0 || to % PartitionWidth.HOUR_MILLIS != 0) {
            throw new IllegalArgumentException("from %d to %d is not a span of whole hours".formatted(from, to));
        }
    }

    /** The partition of a width that an instant falls into. */
    static CheckPartition around(long epochMillis, PartitionWidth width) {
        long from = epochMillis - Math.floorMod(epochMillis, width.millis());
        return new CheckPartition(from, from + width.millis());
    }

    /** Name of its table, for example {@code check_result_20261125_00_24h}. */
    String table() {
        return "check_result_%s_%dh"
                .formatted(HOUR.format(Instant.ofEpochMilli(from)), (to - from) / PartitionWidth.HOUR_MILLIS);
    }

    boolean contains(long slot) {
        return from <= slot && slot < to;
    }

    boolean overlaps(CheckPartition other) {
        return from < other.to && other.from < to;
    }
}
