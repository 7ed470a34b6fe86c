package io.healthchecker.operator.status;

import io.healthchecker.crds.HealthCheckService;
import org.jspecify.annotations.Nullable;

/** The resources as an informer last saw them. May be asked by several threads at once, and answers at once. */
@FunctionalInterface
public interface Resources {
    /** The copy of one resource, null if there is none. Nobody changes it. */
    @Nullable
    HealthCheckService find(String namespace, String name);
}
