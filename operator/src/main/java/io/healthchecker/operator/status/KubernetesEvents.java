package io.healthchecker.operator.status;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.healthchecker.core.secret.Sha256;
import io.healthchecker.core.time.Ticker;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * The Events of a cluster. What is said again of the same object has the same name, so that it is counted in a series. For
 * any thread.
 */
final class KubernetesEvents {
    private static final String CONTROLLER = "healthchecker.io/operator";
    private static final int MAX_NAME = 230;
    private static final int MAX_NOTE = 1_024;
    private static final int MAX_INSTANCE = 128;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final String instance;
    private final Ticker ticker;

    /** @param instance who tells it, such as the name of the pod */
    KubernetesEvents(KubernetesClient client, String instance, Ticker ticker) {
        this.client = client;
        this.instance = cut(instance, MAX_INSTANCE);
        this.ticker = ticker;
    }

    /**
     * Tells something of an object, in its namespace.
     *
     * @throws KubernetesClientException if it is not written
     */
    void tell(ObjectReference regarding, Announcement announcement) {
        Event event = event(regarding, announcement);
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

    private Event event(ObjectReference regarding, Announcement announcement) {
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(regarding.getNamespace())
                .withName(name(regarding, announcement))
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(Instant.ofEpochMilli(ticker.epochMillis()))))
                .withType(announcement.warning() ? "Warning" : "Normal")
                .withReason(announcement.reason())
                .withAction(announcement.action())
                .withNote(cut(announcement.note(), MAX_NOTE))
                .withReportingController(CONTROLLER)
                .withReportingInstance(instance)
                .withRegarding(regarding)
                .build();
    }

    private static String name(ObjectReference regarding, Announcement announcement) {
        String name = cut(regarding.getName(), MAX_NAME).replaceAll("[.-]+$", "");
        return name + "." + digest(String.join("\n", regarding.getUid(), announcement.reason(), announcement.note()));
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Sha256.of(text), 0, 8);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
