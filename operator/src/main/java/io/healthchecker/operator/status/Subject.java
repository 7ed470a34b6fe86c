package io.healthchecker.operator.status;

import io.healthchecker.crds.Definition;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.crds.probe.Probe;
import org.jspecify.annotations.Nullable;

/**
 * A resource as we know it.
 *
 * @param generation of the definition that the acceptance is about
 * @param target what is checked, in short; null if the definition does not say
 * @param seen what its service is; null until that was read
 */
record Subject(
        ResourceKey key,
        long generation,
        Acceptance acceptance,
        Handled handled,
        @Nullable String target,
        @Nullable SeenState seen) {
    private static final int MAX_TARGET = 2_048;

    /** A resource of which something was reported, and whose service was not read yet. */
    static Subject of(HealthCheckService resource, Acceptance acceptance, Handled handled) {
        Definition spec = resource.getSpec();
        Probe probe = spec == null ? null : spec.probe();
        String target = probe == null ? null : probe.target();
        return new Subject(
                ResourceKey.of(resource),
                resource.getMetadata().getGeneration(),
                acceptance,
                handled,
                target == null || target.length() <= MAX_TARGET ? target : target.substring(0, MAX_TARGET),
                null);
    }

    Subject with(@Nullable SeenState now) {
        return new Subject(key, generation, acceptance, handled, target, now);
    }

    /** Whether another one says the same, whatever the service is. */
    boolean says(Subject other) {
        return with(null).equals(other.with(null));
    }
}
