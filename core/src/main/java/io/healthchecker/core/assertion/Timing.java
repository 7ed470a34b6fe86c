package io.healthchecker.core.assertion;

/**
 * How long a check took, in microseconds; a phase that there was none of is 0.
 *
 * @param latency from its start to the end of the answer
 */
public record Timing(long latency, long dns, long connect, long tls, long firstByte, long transfer) {
    public static final Timing NONE = new Timing(0, 0, 0, 0, 0, 0);

    public Timing {
        dns = Math.max(0, dns);
        connect = Math.max(0, connect);
        tls = Math.max(0, tls);
        firstByte = Math.max(0, firstByte);
        transfer = Math.max(0, transfer);
    }
}
