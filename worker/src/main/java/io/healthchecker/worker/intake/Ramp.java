package io.healthchecker.worker.intake;

import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of its capacity a worker uses while its JVM is cold. Where others are warm, they take what it leaves; one that
 * is alone uses everything from the start.
 */
final class Ramp {
    static final int FIRST = 8;
    static final Duration DOUBLES_EVERY = Duration.ofMillis(500);
    private static final int MOST_DOUBLINGS = 16; // half a million: no worker has so many permits

    private final Ticker ticker;
    private volatile @Nullable Long beganNanos;

    Ramp(Ticker ticker) {
        this.ticker = ticker;
    }

    /** From now on it is climbed. */
    void begin() {
        beganNanos = ticker.nanoTime();
    }

    /** The permits of which a worker with such a capacity makes use now. */
    int of(int capacity) {
        Long began = beganNanos;
        if (began == null) {
            return capacity;
        }
        long doublings = (ticker.nanoTime() - began) / DOUBLES_EVERY.toNanos();
        return doublings >= MOST_DOUBLINGS ? capacity : Math.min(capacity, FIRST << (int) doublings);
    }
}
