package io.healthchecker.core.registration;

import io.healthchecker.core.service.Service;

/** A change of a service by somebody who does not own its definition. */
public final class OwnedElsewhere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Service service;

    public OwnedElsewhere(Service service) {
        super("service %d belongs to %s; change it there, or POST /api/v1/services/%d/adopt"
                .formatted(service.id(), service.ownerInWords(), service.id()));
        this.service = service;
    }

    public Service service() {
        return service;
    }
}
