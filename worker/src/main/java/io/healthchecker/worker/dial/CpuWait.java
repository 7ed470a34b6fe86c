package io.healthchecker.worker.dial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How long a thread waited for a processor although it could have run, be it that others had them all, or that the
 * container had used up its share. Linux tells (proc(5), schedstat); elsewhere nobody starves as far as we know.
 */
final class CpuWait {
    private static final Path OWN = Path.of("/proc/thread-self");
    private static final long WINDOW_NANOS = 500_000_000;
    private static final long STALE_NANOS = 2 * WINDOW_NANOS;
    private static final int STARVED_PART = 4; // of a window

    private final @Nullable Path schedstat;
    private long sampledNanos;
    private long waitedNanos = -1; // in all its life, at that instant; below zero before the first sample

    CpuWait(@Nullable Path schedstat) {
        this.schedstat = schedstat;
    }

    /** That of the thread that asks. */
    static CpuWait ofThisThread() {
        try {
            Path task = OWN.resolveSibling(Files.readSymbolicLink(OWN)).resolve("schedstat");
            return new CpuWait(Files.isReadable(task) ? task : null);
        } catch (IOException | UnsupportedOperationException e) {
            return new CpuWait(null);
        }
    }

    /**
     * Looks once in half a second: whether the thread had to wait for a quarter of the time since it looked last. After a
     * longer pause it begins anew.
     */
    boolean starved(long nowNanos) {
        if (schedstat == null) {
            return false;
        }
        long passed = nowNanos - sampledNanos;
        if (waitedNanos >= 0 && passed < WINDOW_NANOS) {
            return false;
        }
        long before = waitedNanos;
        waitedNanos = read(schedstat);
        sampledNanos = nowNanos;
        return before >= 0 && waitedNanos >= 0 && passed < STALE_NANOS && waitedNanos - before > passed / STARVED_PART;
    }

    // nanoseconds on a processor, nanoseconds waiting for one, turns
    private static long read(Path schedstat) {
        try {
            String[] numbers = Files.readString(schedstat).strip().split(" ");
            return numbers.length < 2 ? -1 : Long.parseLong(numbers[1]);
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }
}
