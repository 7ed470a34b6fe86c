package io.healthchecker.api.feed;

import io.healthchecker.core.time.Ticker;

/** How many messages one client may still send: so many a second, and twice as many at once. For one thread. */
final class Allowance {
    private final int perSecond;
    private final Ticker ticker;
    private double left;
    private long nanos;

    Allowance(int perSecond, Ticker ticker) {
        this.perSecond = perSecond;
        this.ticker = ticker;
        this.left = 2.0 * perSecond;
        this.nanos = ticker.nanoTime();
    }

    /** Takes one; false if none is left. */
    boolean take() {
        long now = ticker.nanoTime();
        left = Math.min(2.0 * perSecond, left + (now - nanos) / 1e9 * perSecond);
        nanos = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
