package io.healthchecker.operator.source.file;

import io.healthchecker.core.service.FileSourceStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** How the files stand that this replica looks at. */
final class FileSourceMetrics {
    private FileSourceMetrics() {}

    static void register(MeterRegistry registry, FileSource source) {
        gauge(registry, source, "hc.source.file.files", "Files that were read", FileSourceStatus::files);
        gauge(registry, source, "hc.source.file.services", "Services that files define", FileSourceStatus::services);
        gauge(
                registry,
                source,
                "hc.source.file.errors",
                "Errors in files",
                status -> status.errors().size());
        gauge(
                registry,
                source,
                "hc.source.file.applied",
                "1 while files are applied, 0 while their directory or the database is out of reach",
                status -> status.problem() == null ? 1 : 0);
    }

    private static void gauge(
            MeterRegistry registry,
            FileSource source,
            String name,
            String description,
            ToDoubleFunction<FileSourceStatus> value) {
        Gauge.builder(name, source, it -> value.applyAsDouble(it.get()))
                .description(description)
                .register(registry);
    }
}
