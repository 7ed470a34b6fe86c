package io.healthchecker.operator.lead;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.healthchecker.core.time.Ticker;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A Lease of Kubernetes. Whether another's has run out is judged by how long it was seen unchanged, on our monotonic clock:
 * clocks of machines need not agree. Updates carry the version that they are based on, so that two takers cannot both
 * have it.
 */
final class KubernetesLease implements io.healthchecker.operator.lead.Lease {
    private static final int CONFLICT = 409;
    private static final long NANOS = 1_000_000_000;

    private final KubernetesClient client;
    private final Place place;
    private final String identity;
    private final int seconds;
    private final Ticker ticker;
    private @Nullable String seenVersion;
    private long seenNanos;

    /** Where the Lease lies. */
    record Place(String namespace, String name) {}

    /**
     * @param identity ours, and nobody else's
     * @param seconds how long it is another's after he was last heard of
     */
    KubernetesLease(KubernetesClient client, Place place, String identity, int seconds, Ticker ticker) {
        this.client = client;
        this.place = place;
        this.identity = identity;
        this.seconds = seconds;
        this.ticker = ticker;
    }

    @Override
    public boolean renew() {
        Lease lease = resource().get();
        try {
            if (lease == null) {
                client.resource(taken(new LeaseBuilder()
                                .withNewMetadata()
                                .withNamespace(place.namespace)
                                .withName(place.name)
                                .endMetadata()
                                .withSpec(new LeaseSpec())
                                .build()))
                        .create();
                return true;
            }
            if (!isOurs(lease) && !hasRunOut(lease)) {
                return false;
            }
            client.resource(taken(lease)).update();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT) {
                return false; // somebody was faster
            }
            throw e;
        }
    }

    @Override
    public void release() {
        Lease lease = resource().get();
        if (lease != null && isOurs(lease)) {
            lease.getSpec().setHolderIdentity("");
            lease.getSpec().setLeaseDurationSeconds(1);
            client.resource(lease).update();
        }
    }

    private Resource<Lease> resource() {
        return client.leases().inNamespace(place.namespace).withName(place.name);
    }

    private boolean isOurs(Lease lease) {
        return lease.getSpec() != null && identity.equals(lease.getSpec().getHolderIdentity());
    }

    private boolean hasRunOut(Lease lease) {
        String holder = lease.getSpec() == null ? null : lease.getSpec().getHolderIdentity();
        if (holder == null || holder.isEmpty()) {
            return true;
        }
        String version = lease.getMetadata().getResourceVersion();
        if (!version.equals(seenVersion)) {
            seenVersion = version;
            seenNanos = ticker.nanoTime();
            return false;
        }
        return ticker.nanoTime() - seenNanos >= seconds * NANOS;
    }

    private Lease taken(Lease lease) {
        ZonedDateTime now = Instant.ofEpochMilli(ticker.epochMillis()).atZone(ZoneOffset.UTC);
        LeaseSpec spec = lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
        if (!identity.equals(spec.getHolderIdentity())) {
            int before = spec.getLeaseTransitions() == null ? 0 : spec.getLeaseTransitions();
            spec.setLeaseTransitions(spec.getHolderIdentity() == null ? before : before + 1);
            spec.setAcquireTime(now);
            spec.setHolderIdentity(identity);
        }
        spec.setLeaseDurationSeconds(seconds);
        spec.setRenewTime(now);
        lease.setSpec(spec);
        return lease;
    }
}
