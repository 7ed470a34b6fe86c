package io.healthchecker.worker.dial;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/** So many TLS handshakes of one loop at once: a burst of them would be measured as the slowness of all targets. */
final class Handshakes {
    private final int limit;
    private final Queue<BooleanSupplier> waiting = new ArrayDeque<>();
    private int open;

    Handshakes(int limit) {
        this.limit = limit;
    }

    /** Starts a handshake as soon as there is room; a start that answers false no longer wants the room. */
    void enter(BooleanSupplier start) {
        if (open < limit) {
            run(start);
        } else {
            waiting.add(start);
        }
    }

    /** Gives room to the next one. */
    void leave() {
        open--;
        while (open < limit && !waiting.isEmpty()) {
            run(waiting.remove());
        }
    }

    private void run(BooleanSupplier start) {
        open++; // ahead of the start, which may fail and leave at once
        if (!start.getAsBoolean()) {
            open--;
        }
    }

    int waiting() {
        return waiting.size();
    }
}
