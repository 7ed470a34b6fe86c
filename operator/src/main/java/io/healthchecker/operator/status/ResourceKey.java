package io.healthchecker.operator.status;

import io.healthchecker.crds.HealthCheckService;

/** Which resource: a name that is used again belongs to another one, with another uid. */
record ResourceKey(String namespace, String name, String uid) {
    static ResourceKey of(HealthCheckService resource) {
        var metadata = resource.getMetadata();
        return new ResourceKey(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    }
}
