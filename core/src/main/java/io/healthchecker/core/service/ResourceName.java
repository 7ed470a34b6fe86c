package io.healthchecker.core.service;

/**
 * Where a custom resource stands. Several clusters may share one database, each under an id of its own; the one that
 * needs no name is {@value #DEFAULT_CLUSTER}.
 */
public record ResourceName(String clusterId, String namespace, String name) {
    public static final String DEFAULT_CLUSTER = "default";

    /** As the owner of its service, the same in every cluster: {@code cluster/namespace/name}. */
    public String owner() {
        return "%s/%s/%s".formatted(clusterId, namespace, name);
    }

    /** Name of its service: {@code namespace/name}, and the cluster before it unless that needs no name. */
    public String serviceName() {
        return clusterId.equals(DEFAULT_CLUSTER) ? "%s/%s".formatted(namespace, name) : owner();
    }
}
