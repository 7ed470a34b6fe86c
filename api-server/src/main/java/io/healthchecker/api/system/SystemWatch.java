package io.healthchecker.api.system;

import io.healthchecker.api.feed.LiveFeed;
import io.healthchecker.api.look.LastLook;
import io.healthchecker.api.system.SystemView.Checks;
import io.healthchecker.api.system.SystemView.ClusterView;
import io.healthchecker.api.system.SystemView.Feed;
import io.healthchecker.api.system.SystemView.QueueView;
import io.healthchecker.api.system.SystemView.Schedulers;
import io.healthchecker.api.system.SystemView.WorkerView;
import io.healthchecker.core.time.Ticker;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps looking at how the product is doing, so that it can tell at any time, even when the database cannot. It stops
 * before what it looks at does.
 */
final class SystemWatch implements SmartLifecycle {
    private static final long BROADCAST_MILLIS = 5_000;

    private final Sights sights;
    private final LiveFeed feed;
    private final Ticker ticker;

    private @Nullable ScheduledExecutorService executor;

    SystemWatch(Sights sights, LiveFeed feed, Ticker ticker) {
        this.sights = sights;
        this.feed = feed;
        this.ticker = ticker;
    }

    /** Everything that is looked at. */
    record Sights(
            Gaze<Schedulers> schedulers,
            Gaze<List<WorkerView>> workers,
            Gaze<List<QueueView>> queues,
            Gaze<Checks> checks,
            Gaze<List<ClusterView>> clusters,
            Gaze<Double> databaseMillis,
            Gaze<Double> redisMillis) {
        List<Gaze<?>> all() {
            return List.of(schedulers, workers, queues, checks, clusters, databaseMillis, redisMillis);
        }
    }

    @Override
    public synchronized void start() {
        var looking = Executors.newScheduledThreadPool(
                7, Thread.ofVirtual().name("system-watch-", 0).factory());
        executor = looking;
        for (Gaze<?> gaze : sights.all()) {
            looking.scheduleWithFixedDelay(gaze::look, 0, gaze.every().toMillis(), TimeUnit.MILLISECONDS);
        }
        looking.scheduleWithFixedDelay(
                () -> feed.tellSystem(this::view), BROADCAST_MILLIS, BROADCAST_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (executor == null) {
            return;
        }
        LastLook.end(executor);
        executor = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }

    /** How it is doing, from memory. */
    SystemView view() {
        var schedulers = sights.schedulers.figure();
        var workers = sights.workers.figure();
        var queues = sights.queues.figure();
        var checks = sights.checks.figure();
        var clusters = sights.clusters.figure();
        Verdict verdict = Verdict.of(schedulers, workers, queues, checks, clusters);
        return new SystemView(
                Instant.ofEpochMilli(ticker.epochMillis()),
                verdict.sentence(),
                verdict.good(),
                schedulers,
                workers,
                queues,
                checks,
                clusters,
                new Feed(feed.clients(), feed.eventId()),
                sights.databaseMillis.figure(),
                sights.redisMillis.figure());
    }
}
