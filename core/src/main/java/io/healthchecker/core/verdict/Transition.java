package io.healthchecker.core.verdict;

import io.healthchecker.core.check.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of state, written exactly once.
 *
 * @param seq 1, 2, 3 … per service
 * @param slot of the result that decided, or epoch milliseconds of the decision where none did
 */
public record Transition(
        long serviceId,
        long seq,
        int teamId,
        State from,
        State to,
        long slot,
        Reason reason,
        @Nullable String detail,
        long eventId,
        Instant at) {}
