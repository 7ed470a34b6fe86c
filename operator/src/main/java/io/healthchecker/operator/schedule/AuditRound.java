package io.healthchecker.operator.schedule;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Audits the shards that we hold one after another, each once a minute, and writes gaps before. For one thread. */
final class AuditRound {
    private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int SHARDS_AT_ONCE = 8;

    private final OwnedShards shards;
    private final GapQueue gaps;
    private final Audit audit;
    private final ScheduleMetrics metrics;
    private final Patience patience;
    private final Map<Integer, Long> dueNanos = new HashMap<>();

    /** After an outage of the database, workers have results to write, and so has the audit to wait as long as ever. */
    record Patience(Ticker ticker, Tenure tenure, Duration afterOutage) {}

    AuditRound(OwnedShards shards, GapQueue gaps, Audit audit, ScheduleMetrics metrics, Patience patience) {
        this.shards = shards;
        this.gaps = gaps;
        this.audit = audit;
        this.metrics = metrics;
        this.patience = patience;
    }

    /** Some shards that are due. Nothing while a gap waits to be written, or it would be found as lost. */
    void step() {
        gaps.write();
        if (!patience.tenure().reachableFor(patience.afterOutage())) {
            return;
        }
        dueNanos.keySet().removeIf(shard -> shards.get(shard) == null);
        List<OwnedShard> due = shards.all().stream()
                .filter(owned -> isDue(owned.shard()))
                .limit(SHARDS_AT_ONCE)
                .toList();
        for (OwnedShard owned : due) {
            if (!gaps.isEmpty()) {
                return;
            }
            long lost = audit.next(owned);
            if (lost < 0) {
                dueNanos.put(owned.shard(), patience.ticker().nanoTime() + EVERY_NANOS);
            } else if (lost > 0) {
                metrics.gap(Reason.LOST, lost);
            }
        }
    }

    /** Writes what waits, for the last time. */
    void finish() {
        gaps.write();
    }

    // a shard new to us waits for a minute: its last holder may have gaps to write
    private boolean isDue(int shard) {
        long due = dueNanos.computeIfAbsent(shard, any -> patience.ticker().nanoTime() + EVERY_NANOS);
        return patience.ticker().nanoTime() - due >= 0;
    }
}
