package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.crds.HealthCheckService;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;

/** Has the library deal with resources. It does so as if they had just come: of a name that it has forgotten it hears nothing else. */
final class Requests extends SimpleInboundEventSource<HealthCheckService> {
    Requests() {
        super("requests");
    }

    void add(HealthCheckService resource) {
        if (isRunning()) {
            getEventHandler()
                    .handleEvent(new ResourceEvent(ResourceAction.ADDED, ResourceID.fromResource(resource), resource));
        }
    }
}
