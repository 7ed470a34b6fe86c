package io.healthchecker.crds;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A service that somebody declares in Kubernetes. Only who speaks to Kubernetes needs this class and its client. */
@Group(HealthCheckService.GROUP)
@Version(HealthCheckService.VERSION)
@Kind(HealthCheckService.KIND)
@Singular("healthcheckservice")
@Plural("healthcheckservices")
@ShortNames("hcs")
@Categories("health-checker")
public final class HealthCheckService extends CustomResource<Definition, ServiceStatus> implements Namespaced {
    public static final String GROUP = "healthchecker.io";
    public static final String VERSION = "v1alpha1";
    public static final String KIND = "HealthCheckService";

    private static final long serialVersionUID = 1L;
}
