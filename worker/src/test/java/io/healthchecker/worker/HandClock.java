package io.healthchecker.worker;

import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves. */
public final class HandClock implements Ticker {
    private final AtomicLong nanos = new AtomicLong(1);

    public void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Override
    public long epochMillis() {
        return Ticker.system().epochMillis();
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }
}
