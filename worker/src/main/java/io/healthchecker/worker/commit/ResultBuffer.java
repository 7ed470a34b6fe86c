package io.healthchecker.worker.commit;

import io.healthchecker.core.time.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Results that wait to be written. It fills while the database is away; who reads jobs stops at {@link #isFilling}, and
 * what is under way then still finds room.
 */
public final class ResultBuffer {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition enough = lock.newCondition();
    private final ArrayDeque<Finished> waiting = new ArrayDeque<>();
    private final int capacity;
    private final Batching batching;
    private final Ticker ticker;
    private long dueNanos; // when those that wait have waited long enough
    private boolean closed;

    public ResultBuffer(int capacity, Batching batching, Ticker ticker) {
        this.capacity = capacity;
        this.batching = batching;
        this.ticker = ticker;
    }

    /**
     * How results are gathered into one transaction.
     *
     * @param size at most so many
     * @param waitMillis how long the first of them waits for others
     * @param pressedMillis how long one that presses waits for others
     */
    public record Batching(int size, long waitMillis, long pressedMillis) {}

    /**
     * Adds a result; false if there is no room, so that its job is delivered again some time.
     *
     * @param presses whether it should not wait long for others
     */
    public boolean offer(Finished finished, boolean presses) {
        lock.lock();
        try {
            if (waiting.size() >= capacity) {
                return false;
            }
            waiting.add(finished);
            boolean isFirst = waiting.size() == 1;
            long due = ticker.nanoTime()
                    + TimeUnit.MILLISECONDS.toNanos(presses ? batching.pressedMillis : batching.waitMillis);
            boolean isSooner = isFirst || due - dueNanos < 0;
            if (isSooner) {
                dueNanos = due;
            }
            if (isSooner || waiting.size() >= batching.size) {
                enough.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next batch, after waiting for it; empty only once the buffer is closed and empty. */
    List<Finished> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            do {
                while (waiting.isEmpty() && !closed) {
                    enough.await();
                }
                gather(); // during which another writer may take them all
            } while (waiting.isEmpty() && !closed);
            List<Finished> batch = new ArrayList<>(Math.min(waiting.size(), batching.size));
            while (batch.size() < batching.size && !waiting.isEmpty()) {
                batch.add(waiting.poll());
            }
            if (!waiting.isEmpty()) {
                enough.signal(); // for another writer
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void gather() throws InterruptedException {
        long left = dueNanos - ticker.nanoTime();
        while (left > 0 && waiting.size() < batching.size && !closed) {
            enough.awaitNanos(left);
            left = dueNanos - ticker.nanoTime();
        }
    }

    /** How many results wait. */
    public int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether no new job should be taken: four fifths are full. */
    public boolean isFilling() {
        return size() >= capacity / 5 * 4;
    }

    /** Nothing is waited for any more; what is there can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            enough.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
