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

/** Keeps the sums of hours up to date, and takes at most a twentieth of a core for it. */
final class HourSumWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HourSumWorker.class);
    private static final int SHARE = 20;

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
            log.warn("hours not added up", e);
        } finally {
            long took = TimeUnit.NANOSECONDS.toMillis(ticker.nanoTime() - begin);
            long pause = Math.max(more ? 10 : every.toMillis(), took * SHARE);
            if (!executor.isShutdown()) {
                executor.schedule(this::work, pause, TimeUnit.MILLISECONDS);
            }
        }
    }

    @Override
    public void close() {
        LastLook.end(executor);
    }
}
