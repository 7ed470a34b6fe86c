package io.healthchecker.bench.blackhole;

import com.sun.management.UnixOperatingSystemMXBean;
import io.healthchecker.testing.ProcessUsage;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.ManagementFactory;

/**
 * What this process holds.
 *
 * @param residentBytes of memory, of which some are those of the heap and some of buffers outside of it
 * @param descriptors files and sockets that are open
 */
public record Footprint(long residentBytes, long heapBytes, long bufferBytes, int descriptors, double cpuSeconds) {
    public static Footprint now() {
        long pid = ProcessHandle.current().pid();
        ProcessUsage usage = ProcessUsage.of(pid);
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long buffers = ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider
                ? provider.metric().usedDirectMemory()
                : 0;
        return new Footprint(usage.residentBytes(), heap, buffers, ProcessUsage.openFiles(pid), usage.cpuSeconds());
    }

    /** How many descriptors this process may have at once. */
    public static long mostDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return "%d MB resident (%d MB heap, %.1f MB buffers), %,d descriptors"
                .formatted(residentBytes >> 20, heapBytes >> 20, bufferBytes / 1e6, descriptors);
    }
}
