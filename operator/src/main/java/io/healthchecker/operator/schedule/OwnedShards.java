package io.healthchecker.operator.schedule;

import io.healthchecker.core.job.JobKeys;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shards that this scheduler holds. For any thread. */
final class OwnedShards {
    private static final Logger log = LoggerFactory.getLogger(OwnedShards.class);

    private final Map<Integer, OwnedShard> byShard = new ConcurrentSkipListMap<>();
    private final Tenure tenure;
    private final ScheduleMetrics metrics;

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

    /** Lets a shard go that is ours no longer. */
    void lose(OwnedShard owned, String why) {
        if (byShard.remove(owned.shard(), owned)) {
            metrics.lostShard();
            log.warn(
                    "shard lost shard={} epoch={} watermark={} why=\"{}\"",
                    owned.shard(),
                    owned.lease().epoch(),
                    owned.watermark(),
                    why);
        }
    }

    void remove(OwnedShard owned) {
        byShard.remove(owned.shard(), owned);
    }
}
