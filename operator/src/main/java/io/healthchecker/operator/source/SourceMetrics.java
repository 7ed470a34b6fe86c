package io.healthchecker.operator.source;

import io.healthchecker.core.service.Source;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** What one source brings about. */
public final class SourceMetrics {
    private final Counter created;
    private final Counter changed;
    private final Counter moved;
    private final Counter removed;
    private final AtomicInteger refused = new AtomicInteger();

    public SourceMetrics(MeterRegistry registry, Source source) {
        this.created = counter(registry, source, "created");
        this.changed = counter(registry, source, "changed");
        this.moved = counter(registry, source, "moved");
        this.removed = counter(registry, source, "removed");
        Gauge.builder("hc.source.refused", refused, AtomicInteger::get)
                .description("Definitions that a source wants and cannot have, at its last look")
                .tag("source", source.word())
                .register(registry);
    }

    void applied(Applied applied) {
        created.increment(applied.created());
        changed.increment(applied.changed());
        moved.increment(applied.moved());
        removed.increment(applied.removed());
        refused.set(applied.refused().size());
    }

    private static Counter counter(MeterRegistry registry, Source source, String change) {
        return Counter.builder("hc.source.services")
                .description("Services that a source created, changed, moved to another owner or removed")
                .tag("source", source.word())
                .tag("change", change)
                .register(registry);
    }
}
