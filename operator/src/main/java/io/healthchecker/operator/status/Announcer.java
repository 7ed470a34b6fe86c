package io.healthchecker.operator.status;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.crds.ServiceStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the changes of resources as Events of their namespaces, of which each gets so many a minute. Nothing depends on
 * Events: one that fails is counted and forgotten.
 */
final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final int MAX_NAMESPACES = 1_000;
    private static final double SECONDS_A_MINUTE = 60;

    private final KubernetesEvents events;
    private final int perMinute;
    private final StatusMetrics metrics;
    private final Ticker ticker;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final Map<String, TokenBucket> allowances = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > MAX_NAMESPACES;
        }
    };

    /** @param perMinute how many Events a namespace gets; 0 for none */
    Announcer(KubernetesEvents events, int perMinute, StatusMetrics metrics, Ticker ticker) {
        this.events = events;
        this.perMinute = perMinute;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    /** Tells what a write changed. */
    void announce(HealthCheckService resource, @Nullable ServiceStatus before, ServiceStatus after) {
        if (perMinute == 0) {
            return;
        }
        for (Announcement announcement : Announcement.between(before, after)) {
            if (!allowed(resource.getMetadata().getNamespace())) {
                metrics.event("capped");
                continue;
            }
            try {
                events.tell(reference(resource), announcement);
                metrics.event("written");
                failing.set(false);
            } catch (KubernetesClientException e) {
                metrics.event("failed");
                if (failing.compareAndSet(false, true)) {
                    LOG.warn("an Event was not written, nothing depends on it cause=\"{}\"", e.getMessage());
                }
            }
        }
    }

    private synchronized boolean allowed(String namespace) {
        return allowances
                .computeIfAbsent(namespace, _ -> new TokenBucket(perMinute / SECONDS_A_MINUTE, perMinute, ticker))
                .take();
    }

    private static ObjectReference reference(HealthCheckService resource) {
        var metadata = resource.getMetadata();
        return new ObjectReferenceBuilder()
                .withApiVersion(resource.getApiVersion())
                .withKind(resource.getKind())
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .build();
    }
}
