package io.healthchecker.worker.dial;

import io.healthchecker.core.time.Ticker;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** One event loop, and what belongs to it alone. Whatever is not said to be otherwise happens on its thread. */
public final class Lane {
    private static final int SCRATCH_BYTES = 16_384;

    private final EventLoop loop;
    private final Ticker ticker;
    private final LoopLag lag;
    private final Handshakes handshakes;
    private final byte[] scratch = new byte[SCRATCH_BYTES];

    Lane(EventLoop loop, int handshakes, Ticker ticker) {
        this.loop = loop;
        this.ticker = ticker;
        this.lag = new LoopLag(loop, ticker);
        this.handshakes =
                new Handshakes(handshakes, ticker, (call, nanos) -> loop.schedule(call, nanos, TimeUnit.NANOSECONDS));
    }

    /** From any thread. */
    public EventLoop loop() {
        return loop;
    }

    public Ticker ticker() {
        return ticker;
    }

    /** Bytes to work on, whose content nobody owns from one event to the next. */
    public byte[] scratch() {
        return scratch;
    }

    /** Begins a check and its clock. */
    public PhaseClock begin() {
        lag.checkBegins();
        return new PhaseClock(ticker);
    }

    /** Ends a check; true if this lane was so far behind meanwhile that the measured times are doubtful. */
    public boolean end(PhaseClock clock) {
        return lag.checkEnds(clock.startNanos());
    }

    Handshakes handshakes() {
        return handshakes;
    }

    LoopLag lag() {
        return lag;
    }
}
