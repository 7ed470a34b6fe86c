package io.healthchecker.core.transition;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.core.verdict.State;
import org.jspecify.annotations.Nullable;

/**
 * A decision that a service is something else now.
 *
 * @param before its state, read and locked in this transaction
 * @param service its name
 * @param slot of the result that decided, or epoch milliseconds of the decision where none did
 */
public record StateChange(
        ServiceState before,
        String service,
        State to,
        long slot,
        Reason reason,
        @Nullable String detail) {
    public StateChange {
        if (before.state() == to) {
            throw new IllegalArgumentException("service %d is %s already".formatted(before.serviceId(), to.word()));
        }
    }
}
