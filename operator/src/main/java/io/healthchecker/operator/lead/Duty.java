package io.healthchecker.operator.lead;

import java.util.function.BooleanSupplier;

/** What only the leader does. Called by one thread at a time; it may begin again after it ended. */
public interface Duty {
    /**
     * Begins, and returns when it goes on by itself. An exception means that it could not begin, and it is tried again.
     *
     * @param leading whether the lease is held, by the monotonic clock; cheap, for any thread
     */
    void begin(BooleanSupplier leading) throws InterruptedException;

    /** Whether it goes on; if not, it is ended and begun anew. */
    boolean isWell();

    /** Ends; nothing of it goes on when this returns. Also called after a begin that failed. */
    void end();
}
