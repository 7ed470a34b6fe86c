package io.healthchecker.operator.status;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.healthchecker.core.time.Ticker;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What concerns the operator itself and no single resource, told as Events of the Lease by which its replicas agree: that
 * is there however they were installed. Nothing depends on Events: one that fails is logged and forgotten.
 */
public final class OperatorEvents {
    /** Services are kept although their resources are missing. */
    static final String SWEEP_REFUSED = "SweepRefused";

    /** Nothing is kept any more. */
    static final String SWEEP_RESUMED = "SweepResumed";

    private static final Logger LOG = LoggerFactory.getLogger(OperatorEvents.class);
    private static final String SWEEP = "Sweep";

    private final KubernetesClient client;
    private final String namespace;
    private final String lease;
    private final KubernetesEvents events;
    private final AtomicBoolean failing = new AtomicBoolean();

    /** @param instance who tells it, such as the name of the pod */
    public OperatorEvents(KubernetesClient client, String namespace, String lease, String instance) {
        this.client = client;
        this.namespace = namespace;
        this.lease = lease;
        this.events = new KubernetesEvents(client, instance, Ticker.system());
    }

    /** @param problem why services are kept although their resources are missing; null if none is any more */
    public void sweep(@Nullable String problem) {
        tell(
                problem == null
                        ? new Announcement(
                                false, SWEEP_RESUMED, SWEEP, "services are removed again when their resources are gone")
                        : new Announcement(true, SWEEP_REFUSED, SWEEP, problem));
    }

    private void tell(Announcement announcement) {
        try {
            events.tell(regarding(), announcement);
            failing.set(false);
        } catch (KubernetesClientException e) {
            if (failing.compareAndSet(false, true)) {
                LOG.warn(
                        "an Event of the operator was not written, nothing depends on it cause=\"{}\"", e.getMessage());
            }
        }
    }

    private ObjectReference regarding() {
        Lease found = client.leases().inNamespace(namespace).withName(lease).get();
        return new ObjectReferenceBuilder()
                .withApiVersion("coordination.k8s.io/v1")
                .withKind("Lease")
                .withNamespace(namespace)
                .withName(lease)
                .withUid(found == null ? "" : found.getMetadata().getUid()) // a replica that is alone has no Lease
                .build();
    }
}
