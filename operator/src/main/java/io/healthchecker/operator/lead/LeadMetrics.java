package io.healthchecker.operator.lead;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Who leads, and how often that changed. */
final class LeadMetrics {
    private final MeterRegistry registry;
    private final Counter begun;
    private final Counter lost;

    LeadMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.begun = Counter.builder("hc.lead.begun")
                .description("Times that this replica began to lead")
                .register(registry);
        this.lost = Counter.builder("hc.lead.lost")
                .description("Times that this replica had to stop leading")
                .register(registry);
    }

    void watch(Lead lead) {
        Gauge.builder("hc.lead", lead, it -> it.isOnDuty() ? 1 : 0)
                .description("1 while this replica leads and applies resources")
                .register(registry);
    }

    void begun() {
        begun.increment();
    }

    void lost() {
        lost.increment();
    }
}
