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
    private final History history;
    private final LiveFeed feed;
    private final Ticker ticker;

    private @Nullable ScheduledExecutorService executor;

    SystemWatch(Sights sights, History history, LiveFeed feed, Ticker ticker) {
        this.sights = sights;
        this.history = history;
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
        looking.scheduleWithFixedDelay(this::tell, BROADCAST_MILLIS, BROADCAST_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tell() {
        history.add(Measure.FEED, feed.clients());
        List<Shortfall> coverage = Shortfall.of(sights.workers.figure(), sights.checks.figure());
        feed.tellCoverage(coverage.isEmpty() ? null : coverage);
        feed.tellSystem(this::view);
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
        var database = sights.databaseMillis.figure();
        var redis = sights.redisMillis.figure();
        Verdict verdict = Verdict.of(schedulers, workers, queues, checks, clusters, database, redis);
        return new SystemView(
                Instant.ofEpochMilli(ticker.epochMillis()),
                verdict.sentence(),
                verdict.good(),
                verdict.troubles(),
                Shortfall.of(workers, checks),
                Measure.THRESHOLDS,
                schedulers,
                workers,
                queues,
                checks,
                clusters,
                new Feed(feed.clients(), feed.eventId(), feed.gaps(), feed.replays()),
                database,
                redis);
    }

    /** How it was doing within the last hour, from memory. */
    SystemHistoryView history() {
        return history.view();
    }
}
