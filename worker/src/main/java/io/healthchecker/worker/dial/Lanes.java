package io.healthchecker.worker.dial;

import io.healthchecker.core.time.Ticker;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** All lanes of a worker, and which of them a check goes to. */
public final class Lanes implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group;
    private final List<Lane> lanes;
    private final AtomicInteger turn = new AtomicInteger();

    /** So many threads, each with so many TLS handshakes at once. */
    public Lanes(int threads, int handshakes, Ticker ticker) {
        group = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("probe", true), Transport.ioHandler());
        List<Lane> made = new ArrayList<>(threads);
        group.forEach(executor -> made.add(new Lane((EventLoop) executor, handshakes, ticker)));
        lanes = List.copyOf(made);
    }

    /** The lane whose thread this is; null on any other. */
    public @Nullable Lane here() {
        for (Lane lane : lanes) {
            if (lane.loop().inEventLoop()) {
                return lane;
            }
        }
        return null;
    }

    /**
     * The lane for what begins next: the first that has little to do, so that a few checks keep one thread busy instead of
     * waking several; where none has, each in turn. From any thread.
     */
    public Lane next() {
        for (Lane lane : lanes) {
            if (lane.hasLittleToDo()) {
                return lane;
            }
        }
        return lanes.get(Math.floorMod(turn.getAndIncrement(), lanes.size()));
    }

    /** How far the lane furthest behind is behind, in nanoseconds. */
    public long lagNanos() {
        return lanes.stream().mapToLong(lane -> lane.lag().lastNanos()).max().orElse(0);
    }

    /** Ends the threads; checks under way end without an observation. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
