package io.healthchecker.operator.source.kubernetes;

import org.jspecify.annotations.Nullable;

/** Who hears that a sweep keeps services, at each one that does, and once that none does any more. */
@FunctionalInterface
public interface SweepNotice {
    /** @param problem why services are kept although their resources are missing; null if none is any more */
    void sweep(@Nullable String problem);
}
