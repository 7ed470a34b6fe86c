package io.healthchecker.operator.schedule;

import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.service.ServiceChange;

/** The check that follows a creation or resumption at once. */
final class FirstCheck {
    private static final long SPARE_MILLIS = 1_000;

    private FirstCheck() {}

    static boolean isWanted(ServiceChange change) {
        return change.op().begins() && change.active();
    }

    /** Its slot is the instant of the change, so that two of it leave one result; if that is too long ago, now. */
    static Job of(ServiceChange change, long now) {
        boolean late = now - change.atMillis() > change.cadence().lateAfterMillis() - SPARE_MILLIS;
        long slot = late ? now : change.atMillis();
        return new Job(change.serviceId(), slot, Plan.LOCATION, change.version(), JobKind.FIRST);
    }
}
