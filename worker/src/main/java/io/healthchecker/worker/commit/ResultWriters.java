package io.healthchecker.worker.commit;

import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.commit.ResultWriter.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The writers of a worker: from a finished check to its committed result. */
public final class ResultWriters {
    private final ResultBuffer buffer;
    private final CommitMetrics metrics;
    private final Ticker ticker;
    private final List<ResultWriter> writers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isClosed;

    public ResultWriters(ResultBuffer buffer, CommitMetrics metrics, Ticker ticker) {
        this.buffer = buffer;
        this.metrics = metrics;
        this.ticker = ticker;
        metrics.watch(buffer);
    }

    /** Begins to write, on so many threads and connections. */
    public void start(int count, ResultTransaction transaction, int workerId, AfterCommit afterCommit) {
        for (int i = 1; i <= count; i++) {
            ResultWriter writer =
                    new ResultWriter(buffer, transaction, workerId, afterCommit, new Watch(metrics, ticker));
            writers.add(writer);
            threads.add(Thread.ofPlatform().name("hc-commit-" + i).start(writer));
        }
    }

    /**
     * Hands a result over; false if it cannot be kept, so that its job has to be delivered again.
     *
     * @param presses whether it should not wait long for others
     */
    public boolean offer(Finished finished, boolean presses) {
        if (!isClosed && buffer.offer(finished, presses)) {
            return true;
        }
        metrics.overflown();
        return false;
    }

    /** Whether no new job should be taken. */
    public boolean isFilling() {
        return buffer.isFilling();
    }

    /** How many results wait. */
    public int backlog() {
        return buffer.size();
    }

    /** Whether the database does not take results. */
    public boolean isAway() {
        return writers.stream().anyMatch(ResultWriter::isAway);
    }

    /** Writes what is there, within a time; what the database does not take by then is left to be delivered again. */
    public void close(Duration within) throws InterruptedException {
        isClosed = true;
        buffer.close();
        long end = ticker.nanoTime() + within.toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, end - ticker.nanoTime())));
        }
        writers.forEach(ResultWriter::giveUp);
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(2));
        }
    }
}
