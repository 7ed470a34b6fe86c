package io.healthchecker.api.feed;

import io.healthchecker.core.time.Ticker;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What waits to be taken by one client: never more than a buffer and one message. Used by the client's own thread. */
final class Outlet {
    private final Connection connection;
    private final FeedSettings settings;
    private final Ticker ticker;
    private final Semaphore wakeups;
    private final AtomicLong waiting = new AtomicLong();

    /** The semaphore gets a permit whenever the network has taken a message. */
    Outlet(Connection connection, FeedSettings settings, Ticker ticker, Semaphore wakeups) {
        this.connection = connection;
        this.settings = settings;
        this.ticker = ticker;
        this.wakeups = wakeups;
    }

    /**
     * Sends a message, waiting for room.
     *
     * @throws SlowClient if the buffer stays full
     */
    void send(String text) throws InterruptedException, SlowClient {
        long deadline = ticker.nanoTime() + settings.stall().toNanos();
        while (waiting.get() >= settings.sendBufferBytes()) {
            long left = deadline - ticker.nanoTime();
            if (left <= 0) {
                throw new SlowClient();
            }
            // another wake-up may take this permit: it costs one more look
            wakeups.tryAcquire(left, TimeUnit.NANOSECONDS);
        }
        int size = text.length();
        waiting.addAndGet(size);
        connection.send(text, () -> {
            waiting.addAndGet(-size);
            wakeups.release();
        });
    }

    void ping() {
        connection.ping();
    }

    void close(Farewell farewell) throws InterruptedException {
        connection.close(farewell);
    }

    /** The client does not take what it is sent. */
    static final class SlowClient extends Exception {
        private static final long serialVersionUID = 1;

        SlowClient() {
            super("the client does not take what it is sent", null, false, false);
        }
    }
}
