package io.healthchecker.core.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact as it was told.
 *
 * @param id dense and in commit order
 * @param event null if its kind is of a newer version than this process
 * @param payload the event as JSON
 */
public record StoredEvent(
        long id,
        int teamId,
        long serviceId,
        String kind,
        @Nullable Event event,
        String payload,
        Instant at) {}
