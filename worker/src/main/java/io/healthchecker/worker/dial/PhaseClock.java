package io.healthchecker.worker.dial;

import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/** Where the time of one check goes. A phase that is entered again, after a redirect, adds up. */
public final class PhaseClock {
    private static final int PHASES = Phase.values().length;

    private final Ticker ticker;
    private final long startNanos;
    private final long[] nanos = new long[PHASES];
    private int entered; // one bit a phase
    private int enteredInLap;
    private long @Nullable [] beforeLap; // null in the first one
    private @Nullable Phase open;
    private long openedNanos;

    public PhaseClock(Ticker ticker) {
        this.ticker = ticker;
        this.startNanos = ticker.nanoTime();
    }

    /** Ends the open phase and begins another. */
    public void enter(Phase phase) {
        long now = ticker.nanoTime();
        leave(now);
        open = phase;
        openedNanos = now;
        entered |= 1 << phase.index();
        enteredInLap |= 1 << phase.index();
    }

    /** Ends the open phase: what passes now is nobody's. */
    public void pause() {
        leave(ticker.nanoTime());
    }

    private void leave(long now) {
        if (open != null) {
            nanos[open.index()] += now - openedNanos;
            open = null;
        }
    }

    /** The phase that is open now, null while we wait for ourselves. */
    public @Nullable Phase open() {
        return open;
    }

    public long startNanos() {
        return startNanos;
    }

    public long elapsedNanos() {
        return ticker.nanoTime() - startNanos;
    }

    /** Ends the open phase and tells all of them. */
    public PhaseTimes stop() {
        pause();
        return new PhaseTimes(
                micros(Phase.DNS),
                micros(Phase.CONNECT),
                micros(Phase.TLS),
                micros(Phase.RESPONSE),
                micros(Phase.TRANSFER));
    }

    /** Ends the open phase, and tells where the time went since the last lap, or since the start. */
    public PhaseTimes lap() {
        pause();
        PhaseTimes lap = new PhaseTimes(
                microsInLap(Phase.DNS),
                microsInLap(Phase.CONNECT),
                microsInLap(Phase.TLS),
                microsInLap(Phase.RESPONSE),
                microsInLap(Phase.TRANSFER));
        enteredInLap = 0;
        beforeLap = nanos.clone();
        return lap;
    }

    private int micros(Phase phase) {
        return (entered & 1 << phase.index()) == 0 ? PhaseTimes.NONE : (int) (nanos[phase.index()] / 1_000);
    }

    private int microsInLap(Phase phase) {
        int index = phase.index();
        long before = beforeLap == null ? 0 : beforeLap[index];
        return (enteredInLap & 1 << index) == 0 ? PhaseTimes.NONE : (int) ((nanos[index] - before) / 1_000);
    }
}
