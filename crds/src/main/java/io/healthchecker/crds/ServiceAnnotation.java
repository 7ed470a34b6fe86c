package io.healthchecker.crds;

/** Annotations by which a person asks something of a {@link HealthCheckService}. Nobody but the person writes them. */
public final class ServiceAnnotation {
    /** Asks for a check at once; any new value asks again, as {@link ServiceStatus#lastHandledCheckNow} tells. */
    public static final String CHECK_NOW = "healthchecker.io/check-now";

    /** Asks to look at the resource again; any new value asks again, as {@link ServiceStatus#lastHandledReconcile} tells. */
    public static final String RECONCILE = "healthchecker.io/reconcile";

    /** Id of a stored service that this resource takes over, with its history. */
    public static final String ADOPT = "healthchecker.io/adopt";

    /** Longest value that is handled, in characters. */
    public static final int MAX_TOKEN = 256;

    private ServiceAnnotation() {}
}
