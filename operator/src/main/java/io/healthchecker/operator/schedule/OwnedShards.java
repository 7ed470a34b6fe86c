package io.healthchecker.operator.schedule;

import io.healthchecker.core.job.JobKeys;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The shards that this scheduler holds. For any thread. */
final class OwnedShards {
    private final Map<Integer, OwnedShard> byShard = new ConcurrentSkipListMap<>();
    private final Tenure tenure;
    private final ScheduleMetrics metrics;
    private final AtomicInteger lost = new AtomicInteger();

    OwnedShards(Tenure tenure, ScheduleMetrics metrics) {
        this.tenure = tenure;
        this.metrics = metrics;
        metrics.watch(this);
    }

    Collection<OwnedShard> all() {
        return byShard.values();
    }

    int count() {
        return byShard.size();
    }

    @Nullable
    OwnedShard get(int shard) {
        return byShard.get(shard);
    }

    /** Whether this very shard is held still, under this very epoch. */
    boolean has(OwnedShard owned) {
        return byShard.get(owned.shard()) == owned;
    }

    /** Those of a stream group for which jobs may be emitted. */
    List<OwnedShard> usable(int group) {
        return byShard.values().stream()
                .filter(owned -> JobKeys.group(owned.shard()) == group && tenure.holds(owned))
                .toList();
    }

    void add(OwnedShard owned) {
        byShard.put(owned.shard(), owned);
    }

    /** Lets a shard go that somebody else has taken. */
    void lose(OwnedShard owned) {
        if (byShard.remove(owned.shard(), owned)) {
            metrics.lostShard();
            lost.incrementAndGet();
        }
    }

    /** How many were lost since this was asked the last time. */
    int lost() {
        return lost.getAndSet(0);
    }

    void remove(OwnedShard owned) {
        byShard.remove(owned.shard(), owned);
    }
}
