package io.healthchecker.operator.status;

import io.healthchecker.crds.HealthCheckService;

/** Where the source tells what became of resources. Cheap and idempotent: what is known already causes nothing. */
public interface StatusReports {
    /** What became of the definition of a resource as it is given; call it at each reconciliation. */
    void report(HealthCheckService resource, Acceptance acceptance, Handled handled);

    /** The cluster's copy of a resource is different now: if its status is not what it must be, it is written again. */
    void seen(HealthCheckService copy);

    /** A resource is gone. */
    void gone(String uid);
}
