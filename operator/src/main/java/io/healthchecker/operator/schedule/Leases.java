package io.healthchecker.operator.schedule;

import io.healthchecker.core.schedule.SchedulerTable;
import io.healthchecker.core.schedule.Shard;
import io.healthchecker.core.schedule.ShardLease;
import io.healthchecker.core.schedule.ShardTable;
import io.healthchecker.core.schedule.Watermark;
import io.healthchecker.core.time.DatabaseClock;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds this scheduler's fair share of the shards: heartbeat and renewal, watermarks, acquiring and giving back. Every
 * method speaks to the database, and throws what it throws. For one thread.
 */
final class Leases {
    private static final Logger log = LoggerFactory.getLogger(Leases.class);

    /** So many are taken at once, so that the first are at work while the next are loaded. */
    private static final int ACQUIRE_AT_ONCE = 32;

    private static final long LEASE_NANOS =
            Duration.ofSeconds(ShardTable.LEASE_SECONDS).toNanos();
    private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long JUMP_MILLIS = 2_000;

    private final String name;
    private final Tables tables;
    private final OwnedShards shards;
    private final Emitter emitter;
    private final Time time;

    /** Where leases and heartbeats are kept. */
    record Tables(SchedulerTable schedulers, ShardTable shards, ShardLoader loader) {}

    /** The clocks by which a lease is judged. */
    record Time(Ticker ticker, DatabaseClock clock) {}

    Leases(String name, Tables tables, OwnedShards shards, Emitter emitter, Time time) {
        this.name = name;
        this.tables = tables;
        this.shards = shards;
        this.emitter = emitter;
        this.time = time;
    }

    /** Says that we are alive, renews what we hold, and gives back what is more than our share. */
    void renew() {
        long asked = time.ticker().nanoTime();
        long databaseMillis = tables.schedulers().beat(name, false);
        long answered = time.ticker().nanoTime();
        Collection<OwnedShard> held = List.copyOf(shards.all());
        Set<ShardLease> ours =
                tables.shards().renew(name, held.stream().map(OwnedShard::lease).toList());
        for (OwnedShard owned : held) {
            if (ours.contains(owned.lease())) {
                owned.renewed(asked + LEASE_NANOS);
            } else {
                shards.lose(owned, "the lease was over and somebody else took it");
            }
        }
        if (answered - asked < SLOW_NANOS) {
            follow(databaseMillis, asked);
        }
        giveBackSurplus();
    }

    /** Saves how far the schedule is. */
    void saveWatermarks() {
        Collection<OwnedShard> held = List.copyOf(shards.all());
        if (held.isEmpty()) {
            return;
        }
        Set<ShardLease> ours =
                tables.shards().save(held.stream().map(OwnedShard::mark).toList());
        for (OwnedShard owned : held) {
            if (!ours.contains(owned.lease())) {
                shards.lose(owned, "the lease was over and somebody else took it");
            }
        }
    }

    /**
     * Takes shards that nobody holds, some at a time.
     *
     * @return whether there may be more
     */
    boolean acquire() {
        long asked = time.ticker().nanoTime();
        List<Watermark> acquired = tables.shards().acquire(name, shards.count(), ACQUIRE_AT_ONCE);
        if (acquired.isEmpty()) {
            return false;
        }
        List<OwnedShard> loaded = tables.loader().load(acquired, asked + LEASE_NANOS);
        emitter.adopt(loaded);
        log.info(
                "shards acquired count={} held={} services={} took_ms={}",
                loaded.size(),
                shards.count(),
                loaded.stream().mapToInt(owned -> owned.ring().size()).sum(),
                (time.ticker().nanoTime() - asked) / 1_000_000);
        return acquired.size() == ACQUIRE_AT_ONCE;
    }

    /** Leaves: our share is for others from now on. */
    void drain() {
        tables.schedulers().beat(name, true);
        release(List.copyOf(shards.all()));
        tables.schedulers().forget(name);
    }

    private void giveBackSurplus() {
        int share = Math.ceilDiv(Shard.COUNT, Math.max(1, tables.schedulers().live()));
        if (shards.count() > share) {
            release(shards.all().stream().skip(share).toList());
        }
    }

    private void follow(long databaseMillis, long asked) {
        long jump = time.clock().sample(databaseMillis, asked);
        if (Math.abs(jump) > JUMP_MILLIS && shards.count() > 0) {
            log.warn("database clock jumped millis={} shards_given_up={}", jump, shards.count());
            release(List.copyOf(shards.all()));
        }
    }

    private void release(List<OwnedShard> surplus) {
        if (surplus.isEmpty()) {
            return;
        }
        emitter.retire(surplus);
        tables.shards().release(surplus.stream().map(OwnedShard::mark).toList());
        log.info("shards released count={} held={}", surplus.size(), shards.count());
    }
}
