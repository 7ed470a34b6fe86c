package io.healthchecker.bench.page;

import java.util.List;

/**
 * What a load was answered.
 *
 * @param micros how long each answer took, from when its request was due; sorted
 * @param notModified how many of them were 304
 * @param bytes of a whole answer
 * @param cpuNanos what the server used of all cores
 * @param tookNanos how long the load lasted
 */
public record Served(List<Long> micros, int notModified, int bytes, long cpuNanos, long tookNanos) {
    /** CPU time that an answer cost, microseconds. */
    public double cpuMicros() {
        return cpuNanos / 1e3 / micros.size();
    }

    /** In milliseconds, what at least a part of the answers did not exceed. */
    public double millis(double part) {
        return micros.get((int) Math.min(micros.size() - 1L, (long) (micros.size() * part))) / 1e3;
    }

    public double perSecond() {
        return micros.size() / (tookNanos / 1e9);
    }
}
