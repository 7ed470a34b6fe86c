package io.healthchecker.operator.status;

import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.ServiceStatus;
import io.healthchecker.operator.status.Acceptance.Accepted;
import io.healthchecker.operator.status.Acceptance.Refused;
import io.healthchecker.operator.status.Acceptance.Waiting;
import io.healthchecker.operator.status.StatusSettings.Reporting;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the status of a resource must be, and whether it is: pure functions. */
final class WantedStatus {
    private static final String TRUE = "True";
    private static final String FALSE = "False";
    private static final String UNKNOWN = "Unknown";

    private WantedStatus() {}

    /**
     * The status that a resource must have.
     *
     * @param current the one that it has, for times that stay
     * @param seen what its service is
     * @param now for conditions that flip and know no time of their own
     */
    static ServiceStatus of(
            Subject subject, SeenState seen, @Nullable ServiceStatus current, StatusSettings settings, Instant now) {
        boolean told = settings.reporting() == Reporting.TRANSITIONS;
        var conditions = new Conditions(current);
        accept(conditions, subject.acceptance(), seen, now);
        if (told) {
            conditions.add(
                    ConditionType.HEALTHY,
                    healthy(seen.state()),
                    HealthReason.word(seen.reason()),
                    seen.reason().explanation(),
                    seen.since() == null ? now : seen.since());
        } else {
            conditions.add(
                    ConditionType.HEALTHY, UNKNOWN, HealthReason.NOT_REPORTED, HealthReason.NOT_REPORTED_MESSAGE, now);
        }
        addAbnormal(conditions, subject.acceptance(), seen, now);
        Long service = subject.acceptance().runs();
        return new ServiceStatus(
                subject.generation(),
                conditions.list(),
                told ? seen.state().word() : null,
                told && seen.since() != null ? Conditions.time(seen.since()) : null,
                subject.target(),
                service,
                service == null ? null : settings.dashboardUrl(service),
                subject.handled().reconcile(),
                subject.handled().checkNow());
    }

    private static void accept(Conditions conditions, Acceptance acceptance, SeenState seen, Instant now) {
        switch (acceptance) {
            case Accepted ignored -> {
                StatusReason reason = seen.state() == State.SUSPENDED ? StatusReason.SUSPENDED : StatusReason.SCHEDULED;
                conditions.add(ConditionType.READY, TRUE, reason.word(), reason.explanation(), now);
            }
            case Refused it ->
                conditions.add(ConditionType.READY, FALSE, it.reason().word(), it.message(), now);
            case Waiting it ->
                conditions.add(ConditionType.READY, FALSE, it.reason().word(), it.message(), now);
        }
    }

    private static void addAbnormal(Conditions conditions, Acceptance acceptance, SeenState seen, Instant now) {
        switch (acceptance) {
            case Accepted ignored -> {}
            case Refused it ->
                conditions.add(ConditionType.STALLED, TRUE, it.reason().word(), it.message(), now);
            case Waiting it ->
                conditions.add(ConditionType.RECONCILING, TRUE, it.reason().word(), it.message(), now);
        }
        if (seen.state() == State.SUSPENDED) {
            StatusReason reason = StatusReason.SUSPENDED;
            conditions.add(
                    ConditionType.SUSPENDED,
                    TRUE,
                    reason.word(),
                    reason.explanation(),
                    seen.since() == null ? now : seen.since());
        }
    }

    private static String healthy(State state) {
        return switch (state) {
            case UP, DEGRADED -> TRUE;
            case DOWN -> FALSE;
            case UNKNOWN, SUSPENDED -> UNKNOWN;
        };
    }

    /**
     * Whether a status needs no write: it says what is wanted, or it speaks of a newer generation, so that somebody who
     * knows more has written it. Conditions of others do not count, and neither do times of conditions that did not flip.
     */
    static boolean suffices(@Nullable ServiceStatus current, ServiceStatus wanted) {
        if (current == null) {
            return false;
        }
        if (generation(current) > generation(wanted)) {
            return true;
        }
        return withoutConditions(current).equals(withoutConditions(wanted))
                && Stream.of(ConditionType.values())
                        .allMatch(type -> Objects.equals(type.in(current), type.in(wanted)));
    }

    private static long generation(ServiceStatus status) {
        return status.observedGeneration() == null ? -1 : status.observedGeneration();
    }

    private static ServiceStatus withoutConditions(ServiceStatus status) {
        return new ServiceStatus(
                status.observedGeneration(),
                null,
                status.state(),
                status.lastTransitionTime(),
                status.target(),
                status.serviceId(),
                status.dashboardURL(),
                status.lastHandledReconcile(),
                status.lastHandledCheckNow());
    }
}
