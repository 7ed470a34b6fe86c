package io.healthchecker.worker.intake;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntSupplier;

/** How jobs come in and checks go out. */
public final class IntakeMetrics {
    private final MeterRegistry registry;
    private final Timer lateness;
    private final Map<Outcome, Timer> durations = new EnumMap<>(Outcome.class);
    private final Counter late;
    private final Counter taken;
    private final Counter takenOver;

    public IntakeMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.lateness = Timer.builder("hc.check.lateness")
                .description("Start of a check minus its slot.")
                .serviceLevelObjectives(
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60))
                .register(registry);
        for (Outcome outcome : Outcome.values()) {
            durations.put(
                    outcome,
                    Timer.builder("hc.check.duration")
                            .description("Time that checks took.")
                            .tag("outcome", outcome.name())
                            .register(registry));
        }
        this.late = counter("hc.check.late", "Checks that were not made since it was too late.");
        this.taken = counter("hc.job.taken", "Jobs that were delivered to this worker.");
        this.takenOver = counter("hc.job.taken.over", "Jobs that another worker had not finished.");
    }

    /** Watches how many checks are held or under way, of how many that may be, and how many definitions are kept. */
    void watch(IntSupplier open, int capacity, IntSupplier definitions) {
        Gauge.builder("hc.check.open", open, IntSupplier::getAsInt)
                .description("Jobs that wait for their slots or are being checked.")
                .register(registry);
        Gauge.builder("hc.check.capacity", () -> capacity)
                .description("Jobs that may wait for their slots or be checked at once.")
                .register(registry);
        Gauge.builder("hc.definition.cached", definitions, IntSupplier::getAsInt)
                .description("Definitions that this worker keeps.")
                .register(registry);
    }

    void taken(int jobs) {
        taken.increment(jobs);
    }

    void takenOver(int jobs) {
        takenOver.increment(jobs);
    }

    void began(int latenessMillis) {
        lateness.record(Duration.ofMillis(Math.max(0, latenessMillis)));
    }

    void ended(CheckResult result) {
        Timer duration = durations.get(result.outcome());
        if (duration != null) {
            duration.record(Duration.ofNanos(1_000L * result.latencyMicros()));
        }
        if (result.reason() == Reason.LATE) {
            late.increment();
        }
    }

    /** A job was acknowledged without a result. */
    void refused(String why) {
        Counter.builder("hc.job.refused")
                .description(
                        "Jobs that left no result: unreadable, of an absurd slot, double, of a suspended or deleted service.")
                .tag("why", why)
                .register(registry)
                .increment();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
