package io.healthchecker.api.history;

import io.healthchecker.api.look.LastLook;
import io.healthchecker.core.history.HourSums;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the sums of hours up to date. It takes a hundredth of a core for it; where that would make the running hour older
 * than ten minutes more, and at most a twentieth.
 */
final class HourSumWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HourSumWorker.class);
    private static final int SHARE = 100;
    private static final int MOST_SHARE = 20;
    private static final long OLD_MILLIS = 600_000;

    private final HourSums sums;
    private final TransactionTemplate transaction;
    private final Duration every;
    private final Ticker ticker;
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("hour-sums").factory());

    HourSumWorker(HourSums sums, PlatformTransactionManager transactions, Duration every, Ticker ticker) {
        this.sums = sums;
        this.transaction = new TransactionTemplate(transactions);
        this.every = every;
        this.ticker = ticker;
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start() {
        executor.schedule(this::work, 1, TimeUnit.SECONDS);
    }

    private void work() {
        long begin = ticker.nanoTime();
        boolean more = false;
        try {
            more = Boolean.TRUE.equals(transaction.execute(status -> sums.makeNext(ticker.epochMillis())));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("hours not added up", e);
        } finally {
            long took = TimeUnit.NANOSECONDS.toMillis(ticker.nanoTime() - begin);
            if (!executor.isShutdown()) {
                executor.schedule(this::work, pauseMillis(took, more, every.toMillis()), TimeUnit.MILLISECONDS);
            }
        }
    }

    /**
     * How long it rests after it worked for so long.
     *
     * @param more whether hours are left that are over
     */
    static long pauseMillis(long tookMillis, boolean more, long everyMillis) {
        long least = tookMillis * MOST_SHARE;
        return more
                ? Math.max(10, least)
                : Math.max(everyMillis, Math.clamp(tookMillis * SHARE, least, Math.max(least, OLD_MILLIS)));
    }

    @Override
    public void close() {
        LastLook.end(executor);
    }
}
