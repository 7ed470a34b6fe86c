package io.healthchecker.core.time;

/** The machine's own clocks. */
enum SystemTicker implements Ticker {
    INSTANCE;

    @Override
    public long epochMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
