package io.healthchecker.api.index;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service in the index.
 *
 * @param namespace of its custom resource; empty for other sources
 * @param labels {@code key:value}, by key
 * @param failing how many failures in a row its worst location has below the threshold, 0 for none
 */
record IndexRow(
        long id,
        String name,
        int source,
        String probe,
        String target,
        int periodSeconds,
        String namespace,
        List<String> labels,
        int state,
        long sinceMillis,
        String reason,
        long incidentId,
        int failing,
        int threshold,
        boolean late,
        boolean flapping,
        boolean acknowledged,
        Day day) {
    /** What a service was in the last 24 hours; null where nothing is known yet. */
    record Day(
            @Nullable Double p95Millis,
            @Nullable Double uptimePercent,
            @Nullable Double coveragePercent) {
        static final Day NONE = new Day(null, null, null);
    }

    /** What {@code flags} has of it. */
    int flags() {
        return (failing > 0 ? 1 : 0) | (late ? 2 : 0) | (flapping ? 4 : 0) | (acknowledged ? 16 : 0);
    }

    /** Labels as they are stored, in the order of their keys. */
    static List<String> labels(Map<String, String> stored) {
        return stored.entrySet().stream()
                .map(label -> label.getKey() + ":" + label.getValue())
                .toList();
    }
}
