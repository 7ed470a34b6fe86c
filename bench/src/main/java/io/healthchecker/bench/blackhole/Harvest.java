package io.healthchecker.bench.blackhole;

import io.healthchecker.core.check.Reason;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of checks.
 *
 * @param latencyMicros of those that were UP, in order
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Harvest(int[] latencyMicros, Map<Reason, Integer> reasons) {
    /** Latency in ms that a share of them does not exceed, NaN if there is none. */
    public double millis(double share) {
        return latencyMicros.length == 0
                ? Double.NaN
                : latencyMicros[Math.min((int) (latencyMicros.length * share), latencyMicros.length - 1)] / 1e3;
    }

    /** How many came to which end, as text. */
    public String ends() {
        return new TreeMap<>(reasons).toString();
    }
}
