package io.healthchecker.worker;

import io.healthchecker.core.time.Ticker;
import java.time.Duration;

/** A clock that a test moves. */
public final class HandClock implements Ticker {
    private volatile long nanos = 1;

    public void advance(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public long epochMillis() {
        return Ticker.system().epochMillis();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }
}
