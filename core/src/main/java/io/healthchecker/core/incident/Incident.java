package io.healthchecker.core.incident;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From the transition that left Up to the one that came back.
 *
 * @param worst Degraded or Down, whichever it came to
 * @param closedAt null while it is open
 * @param closedSeq transition that closed it; null while it is open, and when its service was removed
 * @param acknowledgement null where nobody has said so; it may have run out
 */
public record Incident(
        long id,
        int teamId,
        long serviceId,
        State worst,
        Reason reason,
        @Nullable String detail,
        Instant openedAt,
        long openedSeq,
        @Nullable Instant closedAt,
        @Nullable Long closedSeq,
        @Nullable Acknowledgement acknowledgement) {}
