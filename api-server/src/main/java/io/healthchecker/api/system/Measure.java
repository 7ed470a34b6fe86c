package io.healthchecker.api.system;

import io.healthchecker.core.schedule.Shard;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A figure of which the last hour is kept. Where the chart has an alert for it, its threshold is that of the alert. Each has
 * a section of its name in docs/operations/system.md.
 */
enum Measure {
    /** p99 of how late checks began, milliseconds. */
    LATENESS(Threshold.atMost(2_000)),
    /** Results a second. */
    RATE(null),
    /** Slots of a minute that have no result. */
    MISSED(Threshold.atMost(0)),
    /** Results of a minute that could not tell, and not for a reason that the definition gives. */
    UNKNOWN(Threshold.atMost(0)),
    /** Age of the oldest job that no worker has taken, seconds. */
    QUEUE(Threshold.atMost(10)),
    /** Shards that somebody schedules. */
    SCHEDULERS(Threshold.atLeast(Shard.COUNT)),
    /** Workers that live. */
    WORKERS(Threshold.atLeast(1)),
    /** Results that wait to be written, at the worker where most do. */
    BACKLOG(Threshold.atMost(10_000)),
    /** Clients of the live feed of this api-server. */
    FEED(null),
    /** Milliseconds for an answer of PostgreSQL. */
    DATABASE(Threshold.atMost(1_000)),
    /** Milliseconds for an answer of Redis. */
    REDIS(Threshold.atMost(1_000));

    /** By the words of those that have one. */
    static final Map<String, Threshold> THRESHOLDS = thresholds();

    private final @Nullable Threshold threshold;

    Measure(@Nullable Threshold threshold) {
        this.threshold = threshold;
    }

    /** As the API and the runbooks call it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a value needs a look. */
    boolean isPassed(double value) {
        return threshold != null && threshold.isPassed(value);
    }

    private static Map<String, Threshold> thresholds() {
        Map<String, Threshold> thresholds = new TreeMap<>();
        Arrays.stream(values()).forEach(measure -> {
            Threshold threshold = measure.threshold;
            if (threshold != null) {
                thresholds.put(measure.word(), threshold);
            }
        });
        return Collections.unmodifiableMap(thresholds);
    }
}
