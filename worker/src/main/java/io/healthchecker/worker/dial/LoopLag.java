package io.healthchecker.worker.dial;

import io.healthchecker.core.time.Ticker;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How far a loop is behind, and whether its thread starves for a processor: a tick every 20 ms while checks are under way,
 * none while it idles.
 */
final class LoopLag {
    /** Behind by more than this, times that were measured are doubtful. */
    static final long DOUBTFUL_NANOS = 20_000_000;

    private static final long TICK_NANOS = 20_000_000;

    private final EventLoop loop;
    private final Ticker ticker;
    private @Nullable CpuWait cpu; // of the loop's thread, which alone can say who it is
    private final AtomicInteger underWay = new AtomicInteger(); // written by the loop alone
    private boolean ticking;
    private long tickDue;
    private long behindUntil = Long.MIN_VALUE; // the last instant at which the loop was seen to be behind
    private volatile long lastNanos;

    LoopLag(EventLoop loop, Ticker ticker) {
        this.loop = loop;
        this.ticker = ticker;
    }

    void checkBegins() {
        underWay.incrementAndGet();
        if (!ticking) {
            ticking = true;
            next();
        }
    }

    /** Ends a check; true if the loop was behind, or starved, at any time since it began. */
    boolean checkEnds(long startNanos) {
        underWay.decrementAndGet();
        long now = ticker.nanoTime();
        if (now - tickDue > DOUBTFUL_NANOS) {
            behindUntil = now; // the tick itself waits behind us
        }
        return behindUntil != Long.MIN_VALUE && behindUntil - startNanos >= 0;
    }

    /** The newest sample in nanoseconds. */
    long lastNanos() {
        return lastNanos;
    }

    /** How many checks are under way; from any thread. */
    int underWay() {
        return underWay.get();
    }

    private void next() {
        tickDue = ticker.nanoTime() + TICK_NANOS;
        loop.schedule(this::tick, TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        long now = ticker.nanoTime();
        lastNanos = Math.max(0, now - tickDue);
        if (cpu == null) {
            cpu = CpuWait.ofThisThread();
        }
        if (cpu.starved(now) || lastNanos > DOUBTFUL_NANOS) {
            behindUntil = now;
        }
        ticking = underWay.get() > 0;
        if (ticking) {
            next();
        }
    }
}
