package io.healthchecker.core.time;

/** What time it is. Passed to whoever needs it; tests pass one that they move by hand. */
public interface Ticker {
    /** Wall-clock time in epoch milliseconds. It may jump. */
    long epochMillis();

    /** Monotonic nanoseconds with an arbitrary origin: only differences mean something. */
    long nanoTime();

    /** The machine's own clocks. */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}
