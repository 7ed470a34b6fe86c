package io.healthchecker.operator.status;

import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved. */
final class HandTicker implements Ticker {
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);

    void move(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Override
    public long epochMillis() {
        return 1_800_000_000_000L + nanos.get() / 1_000_000;
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }
}
