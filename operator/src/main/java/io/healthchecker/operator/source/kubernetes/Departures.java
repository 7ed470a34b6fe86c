package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.core.service.KubernetesServiceTable;
import io.healthchecker.core.service.KubernetesServiceTable.Living;
import io.healthchecker.core.service.ServiceChange;
import io.healthchecker.core.service.ServiceChangeTable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the resources whose services somebody else adopted, soon after that was so: it follows what changes, and asks whose
 * a service is only where one of ours did. For one thread.
 */
final class Departures {
    private final Ledger ledger;
    private final ServiceChangeTable changes;
    private final KubernetesServiceTable resources;
    private @Nullable Long horizon;

    Departures(Ledger ledger, JdbcClient jdbc) {
        this.ledger = ledger;
        this.changes = new ServiceChangeTable(jdbc);
        this.resources = new KubernetesServiceTable(jdbc);
    }

    /**
     * Forgets what is stored of those whose services were adopted since the last look, and names them by uid. What happened
     * before the first look is for a sweep that follows it.
     */
    List<String> look() {
        long next = changes.horizon();
        List<String> departed = horizon == null ? List.of() : since(horizon);
        horizon = next;
        return departed;
    }

    private List<String> since(long from) {
        Set<Long> changed =
                changes.since(from).stream().map(ServiceChange::serviceId).collect(Collectors.toSet());
        if (changed.isEmpty()) {
            return List.of();
        }
        List<Living> ours = ledger.copy().values().stream()
                .filter(living -> changed.contains(living.origin().serviceId()))
                .toList();
        if (ours.isEmpty()) {
            return List.of();
        }
        Set<String> owners =
                resources
                        .of(ours.stream()
                                .map(living -> living.origin().serviceId())
                                .toList())
                        .values()
                        .stream()
                        .map(origin -> origin.uid())
                        .collect(Collectors.toSet());
        return ours.stream()
                .filter(living -> !owners.contains(living.origin().uid()) && ledger.forget(living))
                .map(living -> living.origin().uid())
                .toList();
    }
}
