package io.healthchecker.worker.commit;

import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.commit.ResultTransaction.Written;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches from the buffer and writes them, one at a time; what comes after the commit comes only after it. While
 * the database is away it tries the same batch again and again, and the buffer fills. It runs on a thread of its own.
 */
final class ResultWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultWriter.class);
    private static final long RETRY_MILLIS = 500;
    private static final int MAX_PARTITION_ATTEMPTS = 3;

    private final ResultBuffer buffer;
    private final ResultTransaction transaction;
    private final int workerId;
    private final AfterCommit afterCommit;
    private final CommitMetrics metrics;
    private final Ticker ticker;
    private volatile boolean isAway;
    private volatile boolean giveUp;

    ResultWriter(
            ResultBuffer buffer, ResultTransaction transaction, int workerId, AfterCommit afterCommit, Watch watch) {
        this.buffer = buffer;
        this.transaction = transaction;
        this.workerId = workerId;
        this.afterCommit = afterCommit;
        this.metrics = watch.metrics;
        this.ticker = watch.ticker;
    }

    /** What it is watched by. */
    record Watch(CommitMetrics metrics, Ticker ticker) {}

    @Override
    public void run() {
        try {
            List<Finished> batch = buffer.take();
            while (!batch.isEmpty() && !giveUp) {
                write(batch);
                batch = buffer.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // told to end
        }
    }

    /** Whether the database did not take the last batch. */
    boolean isAway() {
        return isAway;
    }

    /** From now on what the database does not take is left to be delivered again. */
    void giveUp() {
        giveUp = true;
    }

    private void write(List<Finished> batch) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Written written;
            try {
                written = commit(batch);
            } catch (RuntimeException e) {
                Trouble trouble = Trouble.of(e);
                if (trouble == Trouble.DATA || (trouble == Trouble.PARTITION && attempt >= MAX_PARTITION_ATTEMPTS)) {
                    isolate(batch, e);
                    return;
                }
                if (giveUp) {
                    return;
                }
                beforeRetry(trouble, e);
                continue;
            }
            afterCommit.committed(batch, written);
            return;
        }
    }

    private Written commit(List<Finished> batch) {
        long start = ticker.nanoTime();
        Written written = transaction.write(batch, workerId);
        metrics.committed(batch.size(), written, ticker.nanoTime() - start);
        if (isAway) {
            isAway = false;
            LOG.info("database is back backlog={}", buffer.size());
        }
        return written;
    }

    private void beforeRetry(Trouble trouble, RuntimeException failure) throws InterruptedException {
        switch (trouble) {
            case COLLISION -> metrics.collision();
            case PARTITION -> transaction.forgetPartitions();
            case AWAY, DATA -> {
                away(failure);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    }

    // halves find the bad row in few steps; what is good in the batch is written
    private void isolate(List<Finished> batch, RuntimeException failure) throws InterruptedException {
        if (batch.size() > 1) {
            int half = batch.size() / 2;
            write(batch.subList(0, half));
            write(batch.subList(half, batch.size()));
            return;
        }
        Delivery delivery = batch.getFirst().delivery();
        LOG.error(
                "result given up job={} outcome={}",
                delivery.job(),
                batch.getFirst().result().outcome(),
                failure);
        metrics.givenUp();
        afterCommit.givenUp(delivery);
    }

    private void away(RuntimeException failure) {
        if (!isAway) {
            isAway = true;
            LOG.warn("database is away backlog={} cause={}", buffer.size(), failure.toString());
        }
    }
}
