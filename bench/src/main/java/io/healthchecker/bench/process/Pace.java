package io.healthchecker.bench.process;

import io.healthchecker.core.time.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * So many a second, evenly; those within 5 ms together, as the worker's queue of due checks hands them on.
 *
 * @param wanted asked before each, ends it with false
 */
public record Pace(int perSecond, Runnable each, BooleanSupplier wanted) implements Runnable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    @Override
    public void run() {
        Ticker ticker = Ticker.system();
        long period = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long begin = ticker.nanoTime();
        long number = 0;
        while (wanted.getAsBoolean()) {
            long past = ticker.nanoTime() - begin;
            if (past >= number * period) {
                number++;
                each.run();
            } else {
                LockSupport.parkNanos(Math.ceilDiv(number * period, TICK_NANOS) * TICK_NANOS - past);
            }
        }
    }
}
