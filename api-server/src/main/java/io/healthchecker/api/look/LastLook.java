package io.healthchecker.api.look;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The end of an executor whose tasks look at the database or Redis: what is under way has a second to finish, since an
 * interrupt would break its connection in the middle.
 */
public final class LastLook {
    private static final long PATIENCE_MILLIS = 1_000;

    private LastLook() {}

    /** Begins nothing new, waits, and interrupts what is still under way then, or if this thread is interrupted. */
    public static void end(ExecutorService executor) {
        executor.shutdown();
        try {
            executor.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        executor.shutdownNow();
    }
}
