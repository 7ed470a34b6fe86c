package io.healthchecker.worker.dial;

import io.healthchecker.core.time.Ticker;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One event loop, and what belongs to it alone. Whatever is not said to be otherwise happens on its thread. */
public final class Lane {
    private static final int SCRATCH_BYTES = 16_384;
    private static final int LITTLE = 16; // checks under way: at most a millisecond of work, or some handshakes

    private final EventLoop loop;
    private final Ticker ticker;
    private final LoopLag lag;
    private final Handshakes handshakes;
    private final byte[] scratch = new byte[SCRATCH_BYTES];
    private final AtomicInteger waiting = new AtomicInteger(); // tasks that the loop has not come to

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

    /** Runs something on the loop's thread, soon; from any thread. */
    public void take(Runnable task) {
        waiting.incrementAndGet();
        loop.execute(() -> {
            waiting.decrementAndGet();
            task.run();
        });
    }

    /** Whether what it takes is begun at once, and on a thread that is hardly busy; from any thread. */
    boolean hasLittleToDo() {
        return waiting.get() == 0 && lag.underWay() < LITTLE;
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
