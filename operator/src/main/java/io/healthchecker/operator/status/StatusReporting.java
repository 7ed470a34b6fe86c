package io.healthchecker.operator.status;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.operator.status.StatusSettings.Reporting;
import io.healthchecker.operator.status.Subjects.Next;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the status of custom resources as it must be, while it is started. What is reported before is written then. It
 * is meant for the leader, but does no harm elsewhere: see {@code docs/decisions}.
 */
public final class StatusReporting implements StatusReports {
    /** How many write at once: enough that a slow answer does not hold up the others. */
    private static final int WRITERS = 4;

    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

    private final Ground ground;
    private final StatusSettings settings;
    private final StatusMetrics metrics;
    private final Ticker ticker;
    private final Subjects subjects = new Subjects();
    private final StatusQueue queue;
    private volatile @Nullable Session session;

    /**
     * What it stands upon.
     *
     * @param instance who tells Events, such as the name of the pod
     */
    public record Ground(KubernetesClient client, JdbcClient jdbc, MeterRegistry meters, String instance) {}

    private record Session(
            Copies copies, StatusWriter writer, @Nullable FeedFollower follower, List<Thread> threads) {
        private void stop() {
            writer.stop();
            if (follower != null) {
                follower.stop();
            }
            threads.forEach(Thread::interrupt);
        }
    }

    public StatusReporting(Ground ground, StatusSettings settings, Ticker ticker) {
        this.ground = ground;
        this.settings = settings;
        this.metrics = new StatusMetrics(ground.meters());
        this.ticker = ticker;
        this.queue = new StatusQueue(ticker, StatusReporting::chance);
        metrics.backlog(queue::waiting);
    }

    @Override
    public void report(HealthCheckService resource, Acceptance acceptance, Handled handled) {
        Subject subject = Subject.of(resource, acceptance, handled);
        Next next = subjects.report(subject);
        Long service = acceptance.runs();
        if (next == Next.READ && service != null && settings.reporting() == Reporting.NONE) {
            subjects.read(List.of(service), Map.of());
            next = Next.WRITE;
        }
        switch (next) {
            case NOTHING -> {}
            case READ -> {
                Session running = session;
                if (running != null && running.follower() != null) {
                    running.follower().wake();
                }
            }
            case WRITE -> offer(subject.key().uid());
        }
    }

    @Override
    public void seen(HealthCheckService copy) {
        Subject subject = subjects.find(copy.getMetadata().getUid());
        SeenState seen = subject == null ? null : subject.seen();
        if (subject == null || seen == null) {
            return;
        }
        Instant now = Instant.ofEpochMilli(ticker.epochMillis());
        if (!WantedStatus.suffices(copy.getStatus(), WantedStatus.of(subject, seen, copy.getStatus(), settings, now))) {
            offer(subject.key().uid());
        }
    }

    @Override
    public void gone(String uid) {
        subjects.remove(uid);
        queue.forget(uid);
        Session running = session;
        if (running != null) {
            running.copies().forget(uid);
        }
    }

    /**
     * Begins to write; does nothing if it has begun.
     *
     * @param resources what the informer knows; it knows all that was reported
     * @param leading whether we may write, asked right before each write; whoever was frozen for longer than a lease has
     *     to say no
     */
    public synchronized void start(Resources resources, BooleanSupplier leading) {
        if (session != null) {
            return;
        }
        var copies = new Copies(resources);
        KubernetesClient client = impatient(ground.client());
        var writer = new StatusWriter(
                new StatusWriter.Desk(queue, subjects, copies, settings, metrics, ticker),
                new StatusPatch(client),
                new TokenBucket(settings.writesPerSecond(), settings.writesPerSecond(), ticker),
                new Announcer(
                        new KubernetesEvents(client, ground.instance(), ticker),
                        settings.eventsPerMinute(),
                        metrics,
                        ticker),
                leading);
        List<Thread> threads = new ArrayList<>();
        FeedFollower follower = settings.reporting() == Reporting.NONE ? null : follower(copies);
        session = new Session(copies, writer, follower, threads);
        if (follower != null) {
            threads.add(Thread.ofVirtual().name("status-feed").start(follower::run));
        }
        for (int i = 0; i < WRITERS; i++) {
            threads.add(Thread.ofVirtual().name("status-writer-" + i).start(writer::run));
        }
    }

    /** Ends writing and forgets what was reported. */
    public synchronized void stop() {
        Session running = session;
        session = null;
        if (running != null) {
            running.stop();
        }
        subjects.clear();
        queue.clear();
    }

    /** The same client without tries of its own: what fails is tried again with what is true then. */
    private static KubernetesClient impatient(KubernetesClient client) {
        return client.newClient(new RequestConfigBuilder()
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                        .build())
                .adapt(KubernetesClient.class);
    }

    private FeedFollower follower(Copies copies) {
        return new FeedFollower(
                ground.jdbc(),
                subjects,
                new FeedFollower.Changes() {
                    @Override
                    public void of(String uid) {
                        offer(uid);
                    }

                    @Override
                    public void ofAll() {
                        lookAtAll(copies);
                    }
                },
                metrics,
                new FeedFollower.Rhythm(settings.poll(), settings.sweep(), ticker, StatusReporting::chance));
    }

    private void lookAtAll(Copies copies) {
        for (Subject subject : subjects.all()) {
            if (copies.find(subject.key()) == null) {
                gone(subject.key().uid());
            } else {
                offer(subject.key().uid());
            }
        }
    }

    private void offer(String uid) {
        if (!queue.offer(uid)) {
            metrics.coalesced();
        }
    }

    private static double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
