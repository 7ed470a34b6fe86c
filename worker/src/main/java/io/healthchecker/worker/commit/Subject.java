package io.healthchecker.worker.commit;

import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.verdict.Thresholds;

/** What a result's service asks of its verdict. */
public record Subject(String name, Thresholds thresholds, Cadence cadence, long confirmAfterMillis) {
    /** What a service asks for by its definition. */
    public static Subject of(Service service) {
        return new Subject(
                service.name(),
                Thresholds.of(service.definition()),
                Cadence.of(service.id(), service.definition().periodMillis()),
                service.definition().confirmAfterMillis());
    }
}
