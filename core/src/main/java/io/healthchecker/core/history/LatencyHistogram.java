package io.healthchecker.core.history;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * How often a latency was seen, in buckets that grow by 2 %, so that no figure read from it is off by more than 1 %. Two of
 * them add up to that of all their checks, which is what percentiles cannot do. Not for several threads.
 */
public final class LatencyHistogram {
    private static final double GROWTH = Math.log(1.02);
    private static final int MOST = 1_100; // beyond 40 minutes

    private final int[] counts = new int[MOST];
    private int total;

    /** Adds a latency, microseconds. */
    public void add(int micros) {
        counts[bucket(micros)]++;
        total++;
    }

    /** Adds what another one has seen. */
    public void add(LatencyHistogram other) {
        for (int i = 0; i < MOST; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    /** How many latencies were added. */
    public int total() {
        return total;
    }

    /** The latency that a share of all does not exceed, microseconds; null where none was added. */
    public @Nullable Integer quantile(double share) {
        if (total == 0) {
            return null;
        }
        int wanted = Math.clamp((long) Math.ceil(share * total), 1, total);
        int seen = 0;
        for (int i = 0; i < MOST; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return micros(i);
            }
        }
        throw new IllegalStateException("counts do not add up to " + total);
    }

    /** As it is stored: for each bucket in use how far it is from the one before, and its count; seven bits a byte. */
    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        int last = 0;
        for (int i = 0; i < MOST; i++) {
            if (counts[i] > 0) {
                write(bytes, i - last);
                write(bytes, counts[i]);
                last = i;
            }
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if these are not the bytes of one */
    public static LatencyHistogram of(byte[] bytes) {
        var histogram = new LatencyHistogram();
        int[] at = {0};
        int bucket = 0;
        while (at[0] < bytes.length) {
            bucket += read(bytes, at);
            int count = read(bytes, at);
            if (bucket >= MOST || count < 1) {
                throw new IllegalArgumentException("bucket %d has %d".formatted(bucket, count));
            }
            histogram.counts[bucket] += count;
            histogram.total += count;
        }
        return histogram;
    }

    private static int bucket(int micros) {
        return micros <= 1 ? 0 : Math.min(MOST - 1, (int) (Math.log(micros) / GROWTH));
    }

    /** The middle of a bucket. */
    private static int micros(int bucket) {
        return (int) Math.round(Math.exp((bucket + 0.5) * GROWTH));
    }

    private static void write(ByteArrayOutputStream bytes, int value) {
        int rest = value;
        while (rest > 127) {
            bytes.write((rest & 127) | 128);
            rest >>>= 7;
        }
        bytes.write(rest);
    }

    private static int read(byte[] bytes, int[] at) {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (at[0] >= bytes.length) {
                break;
            }
            int next = bytes[at[0]++];
            value |= (next & 127) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number does not end");
    }
}
