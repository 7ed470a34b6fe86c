package io.healthchecker.operator.schedule;

import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.Mark;
import io.healthchecker.core.schedule.DueRing;
import io.healthchecker.core.schedule.ShardLease;
import io.healthchecker.core.schedule.ShardTable;
import io.healthchecker.core.schedule.Watermark;
import io.healthchecker.core.service.ServiceChange;
import io.healthchecker.core.service.ServiceChangeTable;
import io.healthchecker.core.time.DatabaseClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes shards ready that are taken over: where their schedule goes on, and their rings. */
final class ShardLoader {
    /** How long before the watermark a service may have begun without its first check having been emitted. */
    private static final long FIRST_CHECK_MILLIS = 5_000;

    /** How far behind the watermarks that the database has Redis may be without anything having to be read again. */
    private static final long PREPARED_MILLIS = 5_000;

    private final ShardTable shards;
    private final ServiceChangeTable changes;
    private final Queues queues;
    private final DatabaseClock clock;

    ShardLoader(ShardTable shards, ServiceChangeTable changes, Queues queues, DatabaseClock clock) {
        this.shards = shards;
        this.changes = changes;
        this.queues = queues;
        this.clock = clock;
    }

    /** What holds in some shards from an instant on, read while somebody else still works on them. */
    record Prepared(long fromMillis, List<ServiceChange> changes) {}

    /** Reads what will be needed to go on with shards, from a little before where they are. */
    Prepared prepare(List<Watermark> seen) {
        long from = seen.stream().mapToLong(Watermark::millis).min().orElse(0) - PREPARED_MILLIS;
        return new Prepared(from, changes.from(shards(seen), from));
    }

    /** Makes shards ready from the leases and watermarks that the database gave; one that was lost meanwhile is left out. */
    List<OwnedShard> load(List<Watermark> taken, Prepared prepared, long validUntilNanos) {
        Map<Integer, Mark> marks = queues.marks();
        List<Watermark> starts = new ArrayList<>();
        for (Watermark one : taken) {
            Watermark start = start(one, marks);
            if (start != null) {
                starts.add(start);
            }
        }
        Map<Integer, OwnedShard> loaded = new HashMap<>();
        for (Watermark start : starts) {
            loaded.put(start.lease().shard(), new OwnedShard(start, new DueRing(), validUntilNanos));
        }
        List<ServiceChange> holding = holding(starts, prepared);
        for (int i = 0; i < holding.size(); i++) {
            ServiceChange change = holding.get(i);
            boolean newest = i + 1 == holding.size() || holding.get(i + 1).serviceId() != change.serviceId();
            take(change, loaded.get(change.shard()), newest);
        }
        loaded.values().forEach(owned -> owned.ring().settle(owned.watermark()));
        return List.copyOf(loaded.values());
    }

    private List<ServiceChange> holding(List<Watermark> starts, Prepared prepared) {
        long earliest = starts.stream().mapToLong(Watermark::millis).min().orElse(0);
        // where Redis has forgotten more than was foreseen, it is read again
        return earliest >= prepared.fromMillis ? prepared.changes : changes.from(shards(starts), earliest);
    }

    private static List<Integer> shards(List<Watermark> of) {
        return of.stream().map(one -> one.lease().shard()).toList();
    }

    /** The ring of one shard as the database has it now. */
    DueRing reload(OwnedShard owned) {
        DueRing ring = new DueRing();
        for (ServiceChange change : changes.from(List.of(owned.shard()), owned.watermark())) {
            ring.apply(Emitter.era(change));
        }
        ring.settle(owned.watermark());
        return ring;
    }

    private void take(ServiceChange change, @Nullable OwnedShard owned, boolean newest) {
        if (owned == null) {
            return;
        }
        owned.ring().apply(Emitter.era(change));
        if (newest && FirstCheck.isWanted(change) && change.atMillis() >= owned.watermark() - FIRST_CHECK_MILLIS) {
            Job first = FirstCheck.of(change, clock.epochMillis());
            owned.waiting().add(first);
        }
    }

    private @Nullable Watermark start(Watermark acquired, @Nullable Map<Integer, Mark> marks) {
        if (marks == null) {
            return acquired; // Redis is away; whatever its mark is, the first batch will tell
        }
        long now = clock.epochMillis();
        long ahead = now + Emitter.LEAD_MILLIS;
        Mark mark = marks.get(acquired.lease().shard());
        if (mark == null) {
            return new Watermark(acquired.lease(), Math.min(acquired.millis(), now - Emitter.REFILL_MILLIS));
        }
        ShardLease lease = acquired.lease();
        if (mark.epoch() >= lease.epoch()) {
            lease = shards.outgrow(lease, mark.epoch()).orElse(null);
        }
        // Redis has all jobs up to its mark, and no other; one in the future is of a clock that was wrong
        return lease == null ? null : new Watermark(lease, Math.min(mark.watermarkMillis(), ahead));
    }
}
