package io.healthchecker.operator.schedule;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Backlog;
import io.healthchecker.core.job.Backlog.Waiting;
import io.healthchecker.core.job.JobKeys;
import io.healthchecker.core.time.DatabaseClock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Meters of the scheduler. */
public final class ScheduleMetrics {
    private static final double MILLIS = 1_000.0;

    private final MeterRegistry registry;
    private final Counter urgentJobs;
    private final Counter standardJobs;
    private final Counter lostShards;
    private final Counter forgotten;
    private final Counter unanswered;
    private final Counter drifted;
    private final Counter droppedGaps;
    private final Timer tick;
    private final AtomicReferenceArray<Backlog> backlogs = new AtomicReferenceArray<>(JobKeys.GROUPS);

    public ScheduleMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.urgentJobs = jobs("hi");
        this.standardJobs = jobs("std");
        this.lostShards = counter("hc.schedule.shards.lost", "Shards that somebody else took over");
        this.forgotten = counter("hc.schedule.marks.forgotten", "Times that Redis had forgotten jobs of a shard");
        this.unanswered = counter("hc.schedule.calls.unanswered", "Calls that Redis did not answer in time");
        this.drifted =
                counter("hc.schedule.shards.drifted", "Shards that differed from the database and were loaded anew");
        this.droppedGaps =
                counter("hc.schedule.gaps.dropped", "Gaps that could not be written and are left to the audit");
        this.tick = Timer.builder("hc.schedule.tick")
                .description("Time that one round of emission takes")
                .register(registry);
        queue("hc.queue.oldest", "seconds", "Age of the oldest job that no worker has taken", this::oldestSeconds);
        queue("hc.queue.entries", "jobs", "Jobs on the streams, done and not trimmed yet included", this::entries);
        queue("hc.queue.pending", "jobs", "Jobs that workers took and have not acknowledged", this::pending);
    }

    void watch(OwnedShards shards) {
        gauge("hc.schedule.shards", "shards", "Shards that this scheduler holds", shards, OwnedShards::count);
    }

    void watch(OwnedShards shards, DatabaseClock clock) {
        gauge(
                "hc.schedule.behind",
                "seconds",
                "How far the oldest watermark is behind now; below 0 while ahead",
                shards,
                s -> s.all().stream()
                                .mapToLong(owned -> clock.epochMillis() - owned.watermark())
                                .max()
                                .orElse(0)
                        / MILLIS);
        gauge(
                "hc.schedule.clock.ahead",
                "seconds",
                "How far this machine's clock is ahead of the database's",
                clock,
                c -> c.ownClockAheadMillis() / MILLIS);
    }

    Timer tick() {
        return tick;
    }

    void emitted(int urgent, int standard) {
        urgentJobs.increment(urgent);
        standardJobs.increment(standard);
    }

    void gap(Reason reason, long slots) {
        Counter.builder("hc.schedule.gap.slots")
                .description("Slots without a check, by reason")
                .tag("reason", reason.name())
                .register(registry)
                .increment((double) slots);
    }

    void lostShard() {
        lostShards.increment();
    }

    void forgotten() {
        forgotten.increment();
    }

    void unanswered() {
        unanswered.increment();
    }

    void drifted() {
        drifted.increment();
    }

    void droppedGaps(int gaps) {
        droppedGaps.increment(gaps);
    }

    void backlog(int group, Backlog backlog) {
        backlogs.set(group, backlog);
    }

    private double oldestSeconds(Function<Backlog, Waiting> stream) {
        return waiting(stream, Waiting::oldestMillis).max().orElse(0) / MILLIS;
    }

    private double entries(Function<Backlog, Waiting> stream) {
        return waiting(stream, Waiting::entries).sum();
    }

    private double pending(Function<Backlog, Waiting> stream) {
        return waiting(stream, Waiting::pending).sum();
    }

    private java.util.stream.LongStream waiting(Function<Backlog, Waiting> stream, ToLongFunction<Waiting> what) {
        Backlog[] seen = new Backlog[JobKeys.GROUPS];
        Arrays.setAll(seen, backlogs::get);
        return Arrays.stream(seen)
                .filter(java.util.Objects::nonNull)
                .map(stream)
                .mapToLong(what);
    }

    private void queue(
            String name, String unit, String description, ToDoubleFunction<Function<Backlog, Waiting>> what) {
        Function<Backlog, Waiting> urgent = Backlog::urgent;
        Function<Backlog, Waiting> standard = Backlog::standard;
        Gauge.builder(name, () -> what.applyAsDouble(urgent))
                .description(description)
                .baseUnit(unit)
                .tag("stream", "hi")
                .register(registry);
        Gauge.builder(name, () -> what.applyAsDouble(standard))
                .description(description)
                .baseUnit(unit)
                .tag("stream", "std")
                .register(registry);
    }

    private <T> void gauge(String name, String unit, String description, T subject, ToDoubleFunction<T> value) {
        Gauge.builder(name, subject, value)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private Counter jobs(String stream) {
        return Counter.builder("hc.schedule.jobs")
                .description("Jobs emitted")
                .tag("stream", stream)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
