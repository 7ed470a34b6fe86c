package io.healthchecker.core.job;

import java.nio.charset.StandardCharsets;

/**
 * Names of the streams at Redis. A stream group is one eighth of the shards; its keys have one hash tag, so that a
 * script may touch them together.
 */
public final class JobKeys {
    /** How many stream groups there are. */
    public static final int GROUPS = 8;

    /** The consumer group of the workers on every stream. */
    public static final String CONSUMERS = "w";

    /** The one field of an entry: the encoded job. */
    public static final String FIELD = "j";

    /** A cadence at most this long, in milliseconds, goes to the urgent stream. */
    public static final long URGENT_PERIOD_MILLIS = 10_000;

    private JobKeys() {}

    /** The stream group of a shard. */
    public static int group(int shard) {
        return shard % GROUPS;
    }

    /** Stream of the urgent jobs: short periods, first checks, confirmations, what a person asked for. */
    public static String urgent(int group) {
        return "hc:{%d}:jobs:hi".formatted(group);
    }

    /** Stream of all other jobs. */
    public static String standard(int group) {
        return "hc:{%d}:jobs:std".formatted(group);
    }

    /** Hash of what was appended: {@code e<shard>} is the newest scheduler's epoch, {@code w<shard>} its watermark. */
    public static String mark(int group) {
        return "hc:{%d}:mark".formatted(group);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
