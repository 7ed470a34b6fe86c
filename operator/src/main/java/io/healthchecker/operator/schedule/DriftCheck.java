package io.healthchecker.operator.schedule;

import io.healthchecker.core.schedule.Digest;
import io.healthchecker.core.service.ServiceChangeTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares every ring with the database by count and hash; one that differs is loaded anew. For the follower's thread. */
final class DriftCheck {
    private static final Logger LOG = LoggerFactory.getLogger(DriftCheck.class);
    private static final Digest NOTHING = new Digest(0, 0);
    private static final int ATTEMPTS = 3;

    private final ServiceChangeTable changes;
    private final ChangeFollower follower;
    private final Emitter emitter;
    private final OwnedShards shards;
    private final ShardLoader loader;

    DriftCheck(
            ServiceChangeTable changes,
            ChangeFollower follower,
            Emitter emitter,
            OwnedShards shards,
            ShardLoader loader) {
        this.changes = changes;
        this.follower = follower;
        this.emitter = emitter;
        this.shards = shards;
        this.loader = loader;
    }

    /** Returns the shards that were loaded anew. */
    List<Integer> run() {
        Collection<OwnedShard> suspects = List.copyOf(shards.all());
        // a change that commits in between makes a difference that the next attempt does not see
        for (int attempt = 0; attempt < ATTEMPTS && !suspects.isEmpty(); attempt++) {
            follower.follow();
            suspects = differing(suspects);
        }
        List<Integer> drifted = new ArrayList<>();
        for (OwnedShard owned : suspects) {
            emitter.replaceRing(owned, loader.reload(owned));
            LOG.warn(
                    "shard drifted shard={} services={}",
                    owned.shard(),
                    owned.ring().size());
            drifted.add(owned.shard());
        }
        return drifted;
    }

    private List<OwnedShard> differing(Collection<OwnedShard> suspects) {
        Map<Integer, Digest> stored =
                changes.digests(suspects.stream().map(OwnedShard::shard).toList());
        Map<Integer, Digest> held = emitter.digests(suspects);
        return suspects.stream()
                .filter(owned -> shards.has(owned))
                .filter(owned -> !stored.getOrDefault(owned.shard(), NOTHING).equals(held.get(owned.shard())))
                .toList();
    }
}
