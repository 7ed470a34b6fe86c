package io.healthchecker.core.assertion;

import java.util.Collections;
import java.util.List;

/**
 * What became of echo requests.
 *
 * @param sent how many there were
 * @param received how many were answered, at least 1
 * @param minMicros the shortest round trip
 * @param meanMicros the mean of the round trips
 * @param maxMicros the longest one
 */
public record PingFacts(int sent, int received, long minMicros, long meanMicros, long maxMicros) {

    /** Of the round trips of those that were answered, at least one. */
    public static PingFacts of(int sent, List<Long> rttNanos) {
        long sum = rttNanos.stream().mapToLong(Long::longValue).sum();
        return new PingFacts(
                sent,
                rttNanos.size(),
                Collections.min(rttNanos) / 1_000,
                sum / rttNanos.size() / 1_000,
                Collections.max(rttNanos) / 1_000);
    }

    /** Requests without a reply, in percent. */
    public int lossPercent() {
        return 100 * (sent - received) / sent;
    }
}
