package io.healthchecker.bench.ui;

import io.healthchecker.core.time.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Time that passes while a browser does what it does. */
final class Pause {
    private Pause() {}

    static void ofMillis(long millis) {
        untilNanos(Ticker.system().nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    static void untilNanos(long instant) {
        for (long left = 1; left > 0; left = instant - Ticker.system().nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
