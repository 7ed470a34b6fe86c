package io.healthchecker.api.find;

import io.healthchecker.core.service.Source;
import io.healthchecker.core.verdict.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service at a glance: what it is found, sorted and counted by.
 *
 * @param probe the kind, as the field of its definition is named
 * @param target address, host or name; empty for a service that sends pings itself
 * @param namespace of its custom resource; empty for other sources
 * @param labels {@code key:value}, by key
 * @param locations from which it has been checked, by name
 * @param text in small letters: where words are looked for
 * @param sinceMillis when it came to its state, epoch milliseconds, as it is shown
 * @param incidentId of the open incident, 0 for none
 * @param failing how many failures in a row its worst location has below the threshold, 0 for none
 */
public record ServiceRow(
        long id,
        String name,
        Source source,
        String probe,
        String target,
        int periodSeconds,
        String namespace,
        List<String> labels,
        List<String> locations,
        String text,
        State state,
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
    public record Day(
            @Nullable Double p95Millis,
            @Nullable Double uptimePercent,
            @Nullable Double coveragePercent) {
        static final Day NONE = new Day(null, null, null);
    }

    /** The same with another day. */
    ServiceRow with(Day other) {
        return new ServiceRow(
                id,
                name,
                source,
                probe,
                target,
                periodSeconds,
                namespace,
                labels,
                locations,
                text,
                state,
                sinceMillis,
                reason,
                incidentId,
                failing,
                threshold,
                late,
                flapping,
                acknowledged,
                other);
    }

    /** What the column {@code flags} of the index has of it. */
    public int flags() {
        return (failing > 0 ? 1 : 0) | (late ? 2 : 0) | (flapping ? 4 : 0) | (acknowledged ? 16 : 0);
    }

    boolean hasLabel(String key) {
        for (String label : labels) {
            if (label.length() > key.length() && label.charAt(key.length()) == ':' && label.startsWith(key)) {
                return true;
            }
        }
        return false;
    }
}
