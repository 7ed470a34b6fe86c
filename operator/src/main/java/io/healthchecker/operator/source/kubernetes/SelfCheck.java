package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.HealthCheckService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Finds out that resources are no longer dealt with, though everything says that it is well: each one that the informer
 * knows has to be dealt with within two minutes. What is left over, since an event was lost, is named to be asked for
 * again. For one thread.
 */
final class SelfCheck {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final Ledger ledger;
    private final Ticker ticker;
    private Map<String, Long> waiting = new HashMap<>();

    SelfCheck(Ledger ledger, Ticker ticker) {
        this.ledger = ledger;
        this.ticker = ticker;
    }

    /**
     * What a look found.
     *
     * @param isWell whether all resources are dealt with in time
     * @param neglected those that were not dealt with at the look before either
     */
    record Look(boolean isWell, List<HealthCheckService> neglected) {}

    /**
     * Looks once.
     *
     * @param excused whether something else is to blame, such as a database that is away
     */
    Look look(Collection<HealthCheckService> resources, BooleanSupplier excused) {
        if (excused.getAsBoolean()) {
            waiting = new HashMap<>();
            return new Look(true, List.of());
        }
        long now = ticker.nanoTime();
        Map<String, Long> still = new HashMap<>();
        List<HealthCheckService> neglected = new ArrayList<>();
        boolean isWell = true;
        for (HealthCheckService resource : resources) {
            String uid = resource.getMetadata().getUid();
            Long generation = resource.getMetadata().getGeneration();
            if (resource.isMarkedForDeletion() || ledger.isHandled(uid, generation == null ? 0 : generation)) {
                continue;
            }
            String key = uid + "@" + generation;
            Long since = waiting.get(key);
            still.put(key, since == null ? now : since);
            if (since != null) {
                neglected.add(resource);
                isWell &= now - since < WITHIN.toNanos();
            }
        }
        waiting = still;
        return new Look(isWell, neglected);
    }
}
