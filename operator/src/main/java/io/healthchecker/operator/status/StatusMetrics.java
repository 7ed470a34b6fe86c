package io.healthchecker.operator.status;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** Meters of the status of custom resources. */
final class StatusMetrics {
    private final MeterRegistry registry;
    private final Counter written;
    private final Counter coalesced;
    private final Counter drifted;
    private final Timer delay;

    StatusMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.written = counter("hc.status.written", "Statuses written");
        this.coalesced = counter("hc.status.coalesced", "Changes that joined one that waited already");
        this.drifted = counter("hc.status.drifted", "States that the sweep found different from what was known");
        this.delay = Timer.builder("hc.status.delay")
                .description("From a transition to its status being written")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    void backlog(Supplier<Number> waiting) {
        Gauge.builder("hc.status.backlog", waiting)
                .description("Resources whose status waits to be looked at")
                .register(registry);
    }

    void written() {
        written.increment();
    }

    /** A verdict was written, so long after it was decided. */
    void delayed(Duration age) {
        delay.record(age.isNegative() ? Duration.ZERO : age);
    }

    void coalesced() {
        coalesced.increment();
    }

    void drifted(int services) {
        drifted.increment(services);
    }

    /** A status could not be written. */
    void failed(WriteFailure cause) {
        Counter.builder("hc.status.failed")
                .description("Statuses that could not be written, by cause")
                .tag("cause", cause.word())
                .register(registry)
                .increment();
    }

    /** What became of an Event: written, capped or failed. */
    void event(String outcome) {
        Counter.builder("hc.status.events")
                .description("Events of custom resources, by what became of them")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
