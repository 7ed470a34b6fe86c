package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.core.service.ResourceName;
import java.util.Optional;

/** What the API server itself says, past every cache. */
interface ClusterView {
    /** Whether there is this very resource. */
    Existence resource(ResourceName name, String uid);

    Existence namespace(String namespace);

    /**
     * The team in the annotation of a namespace; empty if it has none, or we may not read it.
     *
     * @throws RuntimeException if the API server does not answer
     */
    Optional<String> team(String namespace);

    /**
     * What no other cluster has; empty if we may not read it.
     *
     * @throws RuntimeException if the API server does not answer
     */
    Optional<String> identity();
}
