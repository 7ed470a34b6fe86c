package io.healthchecker.operator.status;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.crds.ServiceStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the changes of resources as Events of their namespaces. The same change of the same resource has the same name,
 * so that what happens again is counted in a series. Nothing depends on Events: one that fails is counted and forgotten.
 */
final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final String CONTROLLER = "healthchecker.io/operator";
    private static final int MAX_NAMESPACES = 1_000;
    private static final int MAX_NAME = 230;
    private static final int MAX_NOTE = 1_024;
    private static final int MAX_INSTANCE = 128;
    private static final double SECONDS_A_MINUTE = 60;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final String instance;
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

    /**
     * @param instance who tells it, such as the name of the pod
     * @param perMinute how many Events a namespace gets; 0 for none
     */
    Announcer(KubernetesClient client, String instance, int perMinute, StatusMetrics metrics, Ticker ticker) {
        this.client = client;
        this.instance = instance.length() <= MAX_INSTANCE ? instance : instance.substring(0, MAX_INSTANCE);
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
                tell(event(resource, announcement));
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

    private void tell(Event event) {
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
                throw e;
            }
            count(event);
        }
    }

    private void count(Event again) {
        Event first = client.resource(again).get();
        if (first == null) {
            return; // it expired this very moment
        }
        int count = first.getSeries() == null || first.getSeries().getCount() == null
                ? 1
                : first.getSeries().getCount();
        // with the version, so that two who count at once do not count once
        client.resource(first).patch(MERGE, """
                {"metadata": {"resourceVersion": "%s"}, "series": {"count": %d, "lastObservedTime": "%s"}}
                """.formatted(
                        first.getMetadata().getResourceVersion(),
                        count + 1,
                        again.getEventTime().getTime()));
    }

    private Event event(HealthCheckService resource, Announcement announcement) {
        var metadata = resource.getMetadata();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName(name(resource, announcement))
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(Instant.ofEpochMilli(ticker.epochMillis()))))
                .withType(announcement.warning() ? "Warning" : "Normal")
                .withReason(announcement.reason())
                .withAction(announcement.action())
                .withNote(cut(announcement.note(), MAX_NOTE))
                .withReportingController(CONTROLLER)
                .withReportingInstance(instance)
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(resource.getApiVersion())
                        .withKind(resource.getKind())
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .build())
                .build();
    }

    private static String name(HealthCheckService resource, Announcement announcement) {
        String name = cut(resource.getMetadata().getName(), MAX_NAME).replaceAll("[.-]+$", "");
        return name + "."
                + digest(
                        String.join("\n", resource.getMetadata().getUid(), announcement.reason(), announcement.note()));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
