package io.healthchecker.operator.status;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.crds.ServiceStatus;

/** The one request that writes a status. */
final class StatusPatch {
    /** Who owns the fields that we write; never another one, or what we leave out would stay. */
    static final String FIELD_MANAGER = "health-checker-status";

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FIELD_MANAGER)
            .withForce(true)
            .build();

    private final KubernetesClient client;

    StatusPatch(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Writes the status of a resource, provided that the resource still is what a copy of it says: its resourceVersion goes
     * along, so that whoever decided upon something older is refused. A resource that was made anew has another one.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException with code 409 if it is another one now
     */
    HealthCheckService apply(HealthCheckService copy, ServiceStatus status) {
        var metadata = copy.getMetadata();
        var wanted = new HealthCheckService();
        wanted.setMetadata(new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withResourceVersion(metadata.getResourceVersion())
                .build());
        wanted.setStatus(status);
        return client.resource(wanted).subresource("status").patch(APPLY);
    }
}
