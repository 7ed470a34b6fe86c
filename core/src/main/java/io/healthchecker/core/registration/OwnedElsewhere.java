package io.healthchecker.core.registration;

import io.healthchecker.core.service.Service;

/** A change of a service by somebody who does not own its definition. */
public final class OwnedElsewhere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Service service;

    public OwnedElsewhere(Service service) {
        super("service %d belongs to %s %s; change it there"
                .formatted(
                        service.id(),
                        switch (service.source()) {
                            case REST -> "the REST API";
                            case FILE -> "file";
                            case KUBERNETES -> "HealthCheckService";
                        },
                        service.owner() == null ? "" : service.owner()));
        this.service = service;
    }

    public Service service() {
        return service;
    }
}
