package io.healthchecker.standalone.process;

import io.healthchecker.core.time.Ticker;
import io.healthchecker.standalone.StartFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** For how long something at the start is tried again: what a process needs may itself be starting. */
public final class Patience {
    private static final long AGAIN_MILLIS = 500;

    private final Ticker ticker;
    private final Console console;
    private final long began;
    private final long limit;

    /** Begins now. */
    public Patience(Duration limit, Ticker ticker, Console console) {
        this.ticker = ticker;
        this.console = console;
        this.began = ticker.nanoTime();
        this.limit = limit.toNanos();
    }

    /** Tries until it does not fail; throws its last failure when patience is at its end. */
    public void until(Runnable attempt) throws InterruptedException {
        String told = "";
        while (true) {
            try {
                attempt.run();
                return;
            } catch (StartFailure failure) {
                if (ticker.nanoTime() - began >= limit) {
                    throw failure;
                }
                String why = String.valueOf(failure.getMessage());
                if (!why.equals(told)) {
                    console.waiting(why);
                    told = why;
                }
            }
            new CountDownLatch(1).await(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
