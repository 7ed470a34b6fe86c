package io.healthchecker.operator.status;

import io.healthchecker.core.time.Ticker;
import java.util.concurrent.TimeUnit;

/** So many a second on average, and at most {@code burst} at once. For many threads. */
final class TokenBucket {
    private static final double NANOS = 1e9;
    private static final long SHORTEST_WAIT_NANOS = 1_000_000;

    private final double perSecond;
    private final double burst;
    private final Ticker ticker;
    private double tokens;
    private long filledAt;

    TokenBucket(double perSecond, double burst, Ticker ticker) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.ticker = ticker;
        this.tokens = burst;
        this.filledAt = ticker.nanoTime();
    }

    /** Takes a token if there is one. */
    synchronized boolean take() {
        fill();
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Takes a token, and waits until there is one. */
    synchronized void await() throws InterruptedException {
        while (!take()) {
            long missing = (long) Math.ceil((1 - tokens) / perSecond * NANOS);
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(SHORTEST_WAIT_NANOS, missing));
        }
    }

    private void fill() {
        long now = ticker.nanoTime();
        tokens = Math.min(burst, tokens + (now - filledAt) / NANOS * perSecond);
        filledAt = now;
    }
}
