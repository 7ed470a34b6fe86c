package io.healthchecker.worker.dial;

import io.healthchecker.core.time.Ticker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * So many TLS handshakes of one loop at once: a burst of them would be measured as the slowness of all targets. One whose
 * server is silent costs us nothing any more, and after a while its room is given to the next.
 */
final class Handshakes {
    /** As long as a loop needs for 64 of them: the rooms are never what bounds it, however many servers are silent. */
    static final long PATIENCE_NANOS = 20_000_000;

    private final int limit;
    private final Ticker ticker;
    private final Alarm alarm;
    private final Deque<Turn> open = new ArrayDeque<>(); // in the order of their begin, some of them over
    private final Queue<Turn> waiting = new ArrayDeque<>();
    private int taken;
    private boolean starting;
    private boolean alarmed;

    /** Calls back on the same loop, some nanoseconds from now. */
    @FunctionalInterface
    interface Alarm {
        void set(Runnable call, long nanos);
    }

    Handshakes(int limit, Ticker ticker, Alarm alarm) {
        this.limit = limit;
        this.ticker = ticker;
        this.alarm = alarm;
    }

    /** One handshake's turn. */
    static final class Turn {
        private final BooleanSupplier start;
        private boolean holdsRoom;
        private long begunNanos;

        /** With a start that answers false where it no longer wants the room. */
        Turn(BooleanSupplier start) {
            this.start = start;
        }
    }

    /** Starts a handshake as soon as there is room. */
    void enter(Turn turn) {
        waiting.add(turn);
        startWaiting();
    }

    /** Gives a handshake's room to the next one, if it holds any. */
    void leave(Turn turn) {
        release(turn);
        startWaiting();
    }

    private void startWaiting() {
        if (starting) {
            return; // the loop below goes on
        }
        starting = true;
        try {
            while (!waiting.isEmpty() && hasRoom()) {
                start(waiting.remove());
            }
        } finally {
            starting = false;
        }
        if (!waiting.isEmpty() && !alarmed) {
            alarmed = true;
            long age = ticker.nanoTime() - open.element().begunNanos;
            alarm.set(this::rang, Math.max(PATIENCE_NANOS - age, 0));
        }
    }

    private void rang() {
        alarmed = false;
        startWaiting();
    }

    private void start(Turn turn) {
        turn.holdsRoom = true; // ahead of the start, which may fail and leave at once
        turn.begunNanos = ticker.nanoTime();
        taken++;
        open.add(turn);
        if (!turn.start.getAsBoolean()) {
            release(turn);
        }
    }

    private void release(Turn turn) {
        if (turn.holdsRoom) {
            turn.holdsRoom = false;
            taken--;
        }
    }

    // those that are over go once they are the oldest, or are old; so there are never many of them
    private boolean hasRoom() {
        long now = ticker.nanoTime();
        Turn oldest = open.peek();
        while (oldest != null && (!oldest.holdsRoom || now - oldest.begunNanos >= PATIENCE_NANOS)) {
            release(oldest);
            open.remove();
            oldest = open.peek();
        }
        return taken < limit;
    }

    /** Turns in memory that have begun. */
    int remembered() {
        return open.size();
    }

    int waiting() {
        return waiting.size();
    }
}
