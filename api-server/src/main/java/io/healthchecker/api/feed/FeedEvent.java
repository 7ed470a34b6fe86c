package io.healthchecker.api.feed;

import io.healthchecker.core.feed.Event;
import io.healthchecker.core.feed.StoredEvent;
import io.healthchecker.core.verdict.State;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is sent, encoded once for all who receive it.
 *
 * @param topic null if its kind belongs to a newer version than this process
 * @param message for clients of {@code hc.v1}
 * @param flip for clients without a subprotocol; null unless the service went from UP to DOWN or back
 */
record FeedEvent(
        long id,
        int teamId,
        long serviceId,
        @Nullable Topic topic,
        String message,
        @Nullable String flip) {

    static FeedEvent of(StoredEvent stored) {
        return new FeedEvent(
                stored.id(),
                stored.teamId(),
                stored.serviceId(),
                Topic.ofKind(stored.kind()),
                FeedJson.event(stored),
                flip(stored));
    }

    private static @Nullable String flip(StoredEvent stored) {
        if (!(stored.event() instanceof Event.StateChanged changed)) {
            return null;
        }
        String before = inherited(changed.knownBefore());
        String after = inherited(changed.known());
        if (before == null || after == null || before.equals(after)) {
            return null;
        }
        return "{\"ServiceID\":%d,\"OldStatus\":\"%s\",\"NewStatus\":\"%s\",\"Timestamp\":\"%s\"}"
                .formatted(stored.serviceId(), before, after, changed.at().truncatedTo(ChronoUnit.SECONDS));
    }

    /** The two words that the inherited contract knows. */
    private static @Nullable String inherited(State known) {
        return switch (known) {
            case UP, DEGRADED -> "UP"; // slow, but there
            case DOWN -> "DOWN";
            case UNKNOWN, SUSPENDED -> null; // the first verdict is no change
        };
    }
}
