package io.healthchecker.worker;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done every so often, one after the other on a thread of its own. */
final class Chores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

    private static final long PATIENCE_MILLIS = 1_000;

    private final ScheduledExecutorService executor;

    Chores(String thread) {
        this.executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(thread).factory());
    }

    /** Does something every so often, the first time at once. A failure is logged, and it is tried again next time. */
    void every(Duration interval, String name, Runnable chore) {
        executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        chore.run();
                    } catch (RuntimeException e) {
                        LOG.warn("{} failed cause={}", name, e.toString());
                    }
                },
                0,
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** What is under way has a second to finish, since an interrupt would break its connection in the middle. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        executor.shutdownNow();
    }
}
