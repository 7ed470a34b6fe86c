package io.healthchecker.operator.status;

import io.healthchecker.crds.Condition;
import io.healthchecker.crds.ServiceStatus;
import org.jspecify.annotations.Nullable;

/**
 * What Flux, Helm 4 and others hold a custom resource to be, by the rules of kstatus ({@code status/generic.go} and
 * {@code core.go} of cli-utils): generation, then Reconciling, Stalled and Ready. Only what concerns custom resources.
 */
enum Kstatus {
    IN_PROGRESS,
    FAILED,
    CURRENT;

    static Kstatus of(long generation, @Nullable ServiceStatus status) {
        if (status == null) {
            return CURRENT; // nothing to wait for, which is why the schema has a default
        }
        if (status.observedGeneration() != null && status.observedGeneration() != generation) {
            return IN_PROGRESS;
        }
        if (holds(ConditionType.RECONCILING, status)) {
            return IN_PROGRESS;
        }
        if (holds(ConditionType.STALLED, status)) {
            return FAILED;
        }
        Condition ready = ConditionType.READY.in(status);
        return ready == null || "True".equals(ready.status()) ? CURRENT : IN_PROGRESS;
    }

    private static boolean holds(ConditionType type, ServiceStatus status) {
        Condition condition = type.in(status);
        return condition != null && "True".equals(condition.status());
    }
}
