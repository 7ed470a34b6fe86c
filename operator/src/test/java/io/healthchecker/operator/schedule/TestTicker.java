package io.healthchecker.operator.schedule;

import io.healthchecker.core.time.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved, or one that runs and can be moved besides. */
final class TestTicker implements Ticker {
    private final AtomicLong movedMillis = new AtomicLong();
    private final boolean runs;
    private final long startMillis;
    private final long startNanos;

    private TestTicker(boolean runs, long startMillis) {
        this.runs = runs;
        this.startMillis = startMillis;
        this.startNanos = Ticker.system().nanoTime();
    }

    static TestTicker standing(long epochMillis) {
        return new TestTicker(false, epochMillis);
    }

    static TestTicker running() {
        return new TestTicker(true, Ticker.system().epochMillis());
    }

    void move(long millis) {
        movedMillis.addAndGet(millis);
    }

    @Override
    public long epochMillis() {
        return startMillis + (nanoTime() - startNanos) / 1_000_000;
    }

    @Override
    public long nanoTime() {
        return (runs ? Ticker.system().nanoTime() : startNanos) + movedMillis.get() * 1_000_000;
    }
}
