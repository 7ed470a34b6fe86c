package io.healthchecker.core.verdict;

import io.healthchecker.core.check.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a service is, and since when.
 *
 * @param known the last of Up, Degraded and Down that it was; Unknown before the first
 * @param transitionSeq number of the last transition, 0 before the first
 * @param incidentId the open incident, null if none is
 */
public record ServiceState(
        long serviceId,
        int teamId,
        State state,
        State known,
        Instant since,
        long transitionSeq,
        Reason reason,
        @Nullable String detail,
        @Nullable Long incidentId) {}
