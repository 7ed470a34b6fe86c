package io.healthchecker.core.time;

/**
 * The database's time, carried on by this machine's monotonic clock from one sample to the next: the same for every
 * process, and indifferent to jumps of the machine's own wall clock.
 */
public final class DatabaseClock {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What the database said, and when, by the monotonic clock. */
    private record Sample(long epochMillis, long nanos) {
        long at(long now) {
            return epochMillis + (now - nanos) / NANOS_PER_MILLI;
        }
    }

    private final Ticker ticker;
    private volatile Sample last;

    /** Starts from the machine's own clock, until the first sample. */
    public DatabaseClock(Ticker ticker) {
        this.ticker = ticker;
        this.last = new Sample(ticker.epochMillis(), ticker.nanoTime());
    }

    /** Epoch milliseconds. */
    public long epochMillis() {
        return last.at(ticker.nanoTime());
    }

    /** How far the machine's own wall clock is ahead, in milliseconds. */
    public long ownClockAheadMillis() {
        return ticker.epochMillis() - epochMillis();
    }

    /**
     * Takes a sample: what the database said its time was, and when it was asked and had answered by
     * {@link Ticker#nanoTime()}. It counts for the middle between question and answer.
     *
     * @return how far it lies ahead of what this clock said, in milliseconds
     */
    public long sample(long databaseMillis, long askedNanos, long answeredNanos) {
        Sample before = last;
        Sample taken = new Sample(databaseMillis, askedNanos + (answeredNanos - askedNanos) / 2);
        last = taken;
        return taken.at(answeredNanos) - before.at(answeredNanos);
    }
}
