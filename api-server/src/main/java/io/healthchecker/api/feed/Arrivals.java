package io.healthchecker.api.feed;

import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Who has been let in by the handshake and is not served yet: a client may hold its answer before the server has opened
 * the socket. Who does not arrive within five seconds is lost.
 */
final class Arrivals {
    private static final long LONGEST_NANOS = Duration.ofSeconds(5).toNanos();

    private final Ticker ticker;
    private final Consumer<Subscriber> lost;
    private final IdentityHashMap<Subscriber, Long> since = new IdentityHashMap<>();

    Arrivals(Ticker ticker, Consumer<Subscriber> lost) {
        this.ticker = ticker;
        this.lost = lost;
    }

    synchronized void expect(Subscriber subscriber) {
        forgetLost();
        since.put(subscriber, ticker.nanoTime());
    }

    /** It is here, or will never be. */
    synchronized void settle(Subscriber subscriber) {
        since.remove(subscriber);
        notifyAll();
    }

    /** Waits until nobody is on the way any more, or the patience ends. */
    synchronized void awaitNone(Duration patience) throws InterruptedException {
        long deadline = ticker.nanoTime() + patience.toNanos();
        forgetLost();
        long left = patience.toNanos();
        while (!since.isEmpty() && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - ticker.nanoTime();
        }
    }

    private void forgetLost() {
        long now = ticker.nanoTime();
        since.entrySet().removeIf(arrival -> {
            boolean isLost = now - arrival.getValue() > LONGEST_NANOS;
            if (isLost) {
                lost.accept(arrival.getKey());
            }
            return isLost;
        });
    }
}
