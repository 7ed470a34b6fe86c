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

    private int micros(Phase phase) {
        return (entered & 1 << phase.index()) == 0 ? PhaseTimes.NONE : (int) (nanos[phase.index()] / 1_000);
    }
}
