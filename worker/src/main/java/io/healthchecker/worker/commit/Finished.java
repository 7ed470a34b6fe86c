package io.healthchecker.worker.commit;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.job.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * A job that is done but for its result being written.
 *
 * @param delivery what is acknowledged afterwards
 * @param subject null where the service could not be read: such a result tells nothing
 */
public record Finished(
        Delivery delivery, CheckResult result, @Nullable Subject subject) {
    public Finished {
        if (subject == null && result.outcome() != Outcome.UNKNOWN) {
            throw new IllegalArgumentException("a result that tells something needs its subject: " + result);
        }
    }
}
