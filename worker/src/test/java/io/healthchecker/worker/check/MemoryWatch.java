package io.healthchecker.worker.check;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at memory again and again: what lives on the heap, which takes a collection to know, and Netty's direct buffers. */
final class MemoryWatch implements AutoCloseable {
    private static final long COLLECT_EVERY_MILLIS = 700;
    private static final long LOOK_EVERY_MILLIS = 20;

    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("memory-watch").factory());
    private final AtomicLong liveHeap = new AtomicLong();
    private final AtomicLong direct = new AtomicLong();

    /** The most that was seen, in bytes. */
    record Peak(long liveHeap, long direct) {}

    static MemoryWatch start() {
        MemoryWatch watch = new MemoryWatch();
        watch.looking.scheduleWithFixedDelay(
                watch::collect, COLLECT_EVERY_MILLIS, COLLECT_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        watch.looking.scheduleWithFixedDelay(watch::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    private void collect() {
        System.gc();
        liveHeap.accumulateAndGet(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), Math::max);
    }

    private void look() {
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider) {
            direct.accumulateAndGet(provider.metric().usedDirectMemory(), Math::max);
        }
    }

    Peak peak() {
        return new Peak(liveHeap.get(), direct.get());
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
