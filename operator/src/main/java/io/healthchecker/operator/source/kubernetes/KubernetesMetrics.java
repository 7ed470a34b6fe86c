package io.healthchecker.operator.source.kubernetes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What becomes of custom resources at this replica. */
final class KubernetesMetrics {
    private final Map<String, Counter> written;
    private final Counter fenced;
    private final Timer sweep;
    private final AtomicInteger resources = new AtomicInteger();
    private final AtomicInteger unaccepted = new AtomicInteger();
    private final AtomicInteger kept = new AtomicInteger();

    KubernetesMetrics(MeterRegistry registry) {
        this.written = Map.of(
                "created", written(registry, "created"),
                "changed", written(registry, "changed"),
                "removed", written(registry, "removed"));
        this.fenced = Counter.builder("hc.source.kubernetes.fenced")
                .description("Writes that were refused since something newer is stored")
                .register(registry);
        this.sweep = Timer.builder("hc.source.kubernetes.sweep")
                .description("Time of comparing stored services with the resources that exist")
                .register(registry);
        gauge(registry, "hc.source.kubernetes.resources", "Resources that have a service", resources);
        gauge(
                registry,
                "hc.source.kubernetes.unaccepted",
                "Resources whose newest definition is refused or waits for something",
                unaccepted);
        gauge(
                registry,
                "hc.source.kubernetes.kept",
                "Services whose resources are missing or not watched, and that are not removed: look into it",
                kept);
    }

    private static Counter written(MeterRegistry registry, String change) {
        return Counter.builder("hc.source.kubernetes.written")
                .description("Services that resources created, changed or removed")
                .tag("change", change)
                .register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String description, AtomicInteger value) {
        Gauge.builder(name, value, AtomicInteger::get).description(description).register(registry);
    }

    void written(String change) {
        Counter counter = written.get(change);
        if (counter != null) {
            counter.increment();
        }
    }

    void fenced() {
        fenced.increment();
    }

    void standing(int withService, int withoutAcceptance) {
        resources.set(withService);
        unaccepted.set(withoutAcceptance);
    }

    void kept(int services) {
        kept.set(services);
    }

    <T> T sweeping(Supplier<T> action) {
        return sweep.record(action);
    }
}
