package io.healthchecker.bench.page;

/**
 * What a load was answered.
 *
 * @param micros how long each answer took, from when its request was due; sorted
 * @param notModified how many of them were 304
 * @param bytes of a whole answer
 * @param cpuNanos what the server used of all cores
 * @param tookNanos how long the load lasted
 */
public record Served(long[] micros, int notModified, int bytes, long cpuNanos, long tookNanos) {
    /** CPU time that an answer cost, microseconds. */
    public double cpuMicros() {
        return cpuNanos / 1e3 / micros.length;
    }

    /** In milliseconds, what at least a part of the answers did not exceed. */
    public double millis(double part) {
        return micros[(int) Math.min(micros.length - 1L, (long) (micros.length * part))] / 1e3;
    }

    public double perSecond() {
        return micros.length / (tookNanos / 1e9);
    }
}
