package io.healthchecker.operator.status;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.crds.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings resources from the queue to what their status must be. Several threads may {@link #run}. */
final class StatusWriter {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

    /** How long everybody waits after one failure more in a row to reach the API server. */
    private static final Duration[] PAUSES = {
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5)
    };

    /** How often in a row a resource is looked for where the informer does not have it: 3.5 s. */
    private static final int MOST_MISSED = 4;

    private final Desk desk;
    private final StatusPatch patch;
    private final TokenBucket bucket;
    private final Announcer announcer;
    private final BooleanSupplier leading;
    private volatile boolean stopped;
    private final AtomicInteger unreachable = new AtomicInteger();
    private final Set<WriteFailure> troubles = ConcurrentHashMap.newKeySet();

    /** What a writer works with. */
    record Desk(
            StatusQueue queue,
            Subjects subjects,
            Copies copies,
            StatusSettings settings,
            StatusMetrics metrics,
            Ticker ticker) {}

    private record Task(SeenState seen, HealthCheckService copy, ServiceStatus wanted) {}

    StatusWriter(Desk desk, StatusPatch patch, TokenBucket bucket, Announcer announcer, BooleanSupplier leading) {
        this.desk = desk;
        this.patch = patch;
        this.bucket = bucket;
        this.announcer = announcer;
        this.leading = leading;
    }

    /** Writes until it is stopped and its thread interrupted. */
    void run() {
        try {
            while (!stopped) {
                handle(desk.queue().take());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on nothing is begun; a thread that waits has to be interrupted. */
    void stop() {
        stopped = true;
    }

    private void handle(String uid) throws InterruptedException {
        try {
            write(uid);
        } catch (KubernetesClientException e) {
            failed(uid, e);
        } catch (RuntimeException e) {
            LOG.error("status not written, it is tried again uid={}", uid, e);
            desk.queue().failed(uid);
        }
    }

    private void write(String uid) throws InterruptedException {
        Subject subject = desk.subjects().find(uid);
        if (subject != null && desk.copies().find(subject.key()) == null) {
            missed(uid);
            return;
        }
        if (task(uid) == null) {
            desk.queue().settled(uid, Duration.ZERO);
            return;
        }
        bucket.await();
        Task task = task(uid); // what is true after the wait
        if (task == null) {
            desk.queue().settled(uid, Duration.ZERO);
        } else if (!stopped && leading.getAsBoolean()) {
            write(uid, task);
        } else {
            desk.queue().failed(uid);
        }
    }

    /** The informer is behind, or whoever tells us that a resource is gone; who is not told in time sees it for himself. */
    private void missed(String uid) {
        if (desk.queue().failed(uid) >= MOST_MISSED) {
            desk.subjects().remove(uid);
            desk.queue().forget(uid);
        }
    }

    private void write(String uid, Task task) {
        HealthCheckService written = patch.apply(task.copy(), task.wanted());
        recovered();
        if (version(written).equals(version(task.copy()))) {
            desk.copies().wroteInVain(task.copy(), task.wanted());
            desk.queue().settled(uid, desk.settings().minInterval());
            return;
        }
        desk.copies().wrote(task.copy(), written);
        desk.queue().settled(uid, task.seen().isVerdict() ? desk.settings().minInterval() : Duration.ZERO);
        desk.metrics().written();
        ServiceStatus before = task.copy().getStatus();
        Instant since = task.seen().since();
        if (since != null
                && (before == null
                        || !Objects.equals(task.wanted().lastTransitionTime(), before.lastTransitionTime()))) {
            desk.metrics().delayed(Duration.between(since, now()));
        }
        announcer.announce(written, before, task.wanted());
    }

    /** What has to be written; null if there is nothing. */
    private @Nullable Task task(String uid) {
        Subject subject = desk.subjects().find(uid);
        HealthCheckService copy = subject == null ? null : desk.copies().find(subject.key());
        SeenState seen = subject == null ? null : subject.seen();
        if (subject == null || copy == null || seen == null) {
            return null;
        }
        ServiceStatus wanted = WantedStatus.of(subject, seen, copy.getStatus(), desk.settings(), now());
        boolean done =
                WantedStatus.suffices(copy.getStatus(), wanted) || desk.copies().isInVain(copy, wanted);
        return done ? null : new Task(seen, copy, wanted);
    }

    private void failed(String uid, KubernetesClientException e) {
        WriteFailure cause = WriteFailure.of(e);
        desk.metrics().failed(cause);
        boolean told = !troubles.add(cause);
        switch (cause) {
            case GONE -> desk.queue().settled(uid, Duration.ZERO);
            case CONFLICT -> desk.queue().failed(uid);
            case FORBIDDEN, REFUSED -> {
                if (!told) {
                    LOG.warn("status not written, it is tried again cause={} uid={}", cause.word(), uid, e);
                }
                desk.queue().failed(uid);
            }
            case UNREACHABLE -> {
                if (!told) {
                    LOG.warn(
                            "no status can be written now waiting={} cause=\"{}\"",
                            desk.queue().waiting(),
                            e.getMessage());
                }
                desk.queue().postponed(uid);
                desk.queue().pause(PAUSES[Math.min(unreachable.getAndIncrement(), PAUSES.length - 1)]);
            }
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(desk.ticker().epochMillis());
    }

    private static String version(HealthCheckService resource) {
        return resource.getMetadata().getResourceVersion();
    }

    private void recovered() {
        unreachable.set(0);
        if (troubles.remove(WriteFailure.UNREACHABLE)) {
            LOG.info("statuses are written again waiting={}", desk.queue().waiting());
        }
        troubles.clear();
    }
}
