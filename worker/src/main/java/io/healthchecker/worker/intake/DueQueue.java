package io.healthchecker.worker.intake;

import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.time.Ticker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Holds jobs until their slots and hands them on then, on a thread of its own. Slots within a few milliseconds are handed
 * on together: a wake-up costs more than a check of ten milliseconds' lateness is worth.
 */
final class DueQueue implements Runnable {
    private static final long TICK_MILLIS = 5;
    private static final long LONGEST_WAIT_MILLIS = 200; // so that a clock that is set forward is noticed

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlier = lock.newCondition();
    private final PriorityQueue<Held> held = new PriorityQueue<>(Comparator.comparingLong(Held::slot));
    private final Consumer<List<Delivery>> due;
    private final Ticker ticker;
    private boolean isClosed;

    DueQueue(Consumer<List<Delivery>> due, Ticker ticker) {
        this.due = due;
        this.ticker = ticker;
    }

    private record Held(long slot, Delivery delivery) {}

    /** Holds a job until its slot. */
    void hold(Job job, Delivery delivery) {
        lock.lock();
        try {
            Held head = held.peek();
            held.add(new Held(job.slot(), delivery));
            if (head == null || job.slot() < head.slot) {
                earlier.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            List<Held> now = await();
            while (!now.isEmpty()) {
                due.accept(now.stream().map(Held::delivery).toList());
                now = await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // told to end
        }
    }

    /** Ends it; what it held is given back. */
    Collection<Delivery> close() {
        lock.lock();
        try {
            isClosed = true;
            List<Delivery> left = held.stream().map(Held::delivery).toList();
            held.clear();
            earlier.signal();
            return left;
        } finally {
            lock.unlock();
        }
    }

    private List<Held> await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            List<Held> now = new ArrayList<>();
            while (now.isEmpty() && !isClosed) {
                long instant = ticker.epochMillis();
                while (!held.isEmpty() && held.element().slot <= instant) {
                    now.add(held.remove());
                }
                if (now.isEmpty()) {
                    earlier.await(untilNext(instant), TimeUnit.MILLISECONDS);
                }
            }
            return now;
        } finally {
            lock.unlock();
        }
    }

    private long untilNext(long instant) {
        Held head = held.peek();
        if (head == null) {
            return LONGEST_WAIT_MILLIS;
        }
        long tick = Math.ceilDiv(head.slot, TICK_MILLIS) * TICK_MILLIS;
        return Math.clamp(tick - instant, 1, LONGEST_WAIT_MILLIS);
    }
}
