package io.healthchecker.core.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody has an incident in hand: nobody need be reminded of it.
 *
 * @param by e-mail address
 * @param until null where it holds until the incident is over
 */
public record Acknowledgement(
        String by,
        Instant at,
        @Nullable Instant until,
        @Nullable String note) {}
