package io.healthchecker.operator.status;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.core.verdict.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a service is, as far as a status tells it.
 *
 * @param since to the second, as Kubernetes tells times; null if nobody knows
 */
record SeenState(State state, Reason reason, @Nullable Instant since) {
    /** There is no such service. */
    static final SeenState NONE = new SeenState(State.UNKNOWN, Reason.NO_RESULT_YET, null);

    static SeenState of(ServiceState state) {
        return new SeenState(state.state(), state.reason(), state.since().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Whether checks said so. */
    boolean isVerdict() {
        return switch (state) {
            case UP, DEGRADED, DOWN -> true;
            case UNKNOWN, SUSPENDED -> false;
        };
    }
}
