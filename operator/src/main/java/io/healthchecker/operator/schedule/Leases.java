package io.healthchecker.operator.schedule;

import io.healthchecker.core.schedule.SchedulerTable;
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
 * Holds this scheduler's fair share of the shards: heartbeat and renewal, watermarks, acquiring and leaving. Every
 * method speaks to the database, and throws what it throws. For one thread.
 */
final class Leases {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

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
    private boolean leaving;

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

    /** Says that we are alive, and renews what we hold. */
    void renew() {
        long asked = time.ticker().nanoTime();
        long databaseMillis = tables.schedulers().beat(name, leaving);
        long answered = time.ticker().nanoTime();
        Collection<OwnedShard> held = List.copyOf(shards.all());
        Set<ShardLease> ours =
                tables.shards().renew(name, held.stream().map(OwnedShard::lease).toList());
        for (OwnedShard owned : held) {
            if (ours.contains(owned.lease())) {
                owned.renewed(asked + LEASE_NANOS);
            } else {
                emitter.lose(owned);
            }
        }
        if (answered - asked < SLOW_NANOS) {
            follow(databaseMillis, asked, answered);
        }
    }

    /** Saves how far the schedule is, and learns of what others have taken. */
    void saveWatermarks() {
        Collection<OwnedShard> held = List.copyOf(shards.all());
        if (!held.isEmpty()) {
            Set<ShardLease> ours =
                    tables.shards().save(held.stream().map(OwnedShard::mark).toList());
            held.stream().filter(owned -> !ours.contains(owned.lease())).forEach(emitter::lose);
        }
        int lost = shards.lost();
        if (lost > 0) {
            LOG.info("shards taken by others count={} held={}", lost, shards.count());
        }
    }

    /**
     * Takes shards up to our share, some at a time. Whoever holds one goes on with it until we have read what it is about.
     *
     * @return whether there may be more
     */
    boolean acquire() {
        long began = time.ticker().nanoTime();
        List<Watermark> seen = tables.shards().withinReach(name, shards.count(), ACQUIRE_AT_ONCE);
        if (seen.isEmpty()) {
            return false;
        }
        ShardLoader.Prepared prepared = tables.loader().prepare(seen);
        long asked = time.ticker().nanoTime();
        List<Watermark> taken =
                tables.shards().take(name, seen.stream().map(Watermark::lease).toList());
        if (taken.isEmpty()) {
            return false; // others were faster, or are at work on them; the next round comes soon
        }
        List<OwnedShard> loaded = tables.loader().load(taken, prepared, asked + LEASE_NANOS);
        emitter.adopt(loaded);
        LOG.info(
                "shards acquired count={} held={} services={} prepared_ms={} took_ms={}",
                loaded.size(),
                shards.count(),
                loaded.stream().mapToInt(owned -> owned.ring().size()).sum(),
                (asked - began) / 1_000_000,
                (time.ticker().nanoTime() - asked) / 1_000_000);
        return seen.size() == ACQUIRE_AT_ONCE;
    }

    /**
     * Says that we leave: our share is for others from now on, and we go on with it until they have taken it.
     *
     * @return whether there are others
     */
    boolean leave() {
        leaving = true;
        tables.schedulers().beat(name, true);
        return tables.schedulers().live() > 0;
    }

    /** Leaves: what nobody has taken is free. */
    void drain() {
        release(List.copyOf(shards.all()));
        tables.schedulers().forget(name);
    }

    private void follow(long databaseMillis, long asked, long answered) {
        long jump = time.clock().sample(databaseMillis, asked, answered);
        if (Math.abs(jump) > JUMP_MILLIS && shards.count() > 0) {
            LOG.warn("database clock jumped millis={} shards_given_up={}", jump, shards.count());
            release(List.copyOf(shards.all()));
        }
    }

    private void release(List<OwnedShard> given) {
        if (given.isEmpty()) {
            return;
        }
        emitter.retire(given);
        tables.shards().release(given.stream().map(OwnedShard::mark).toList());
        LOG.info("shards released count={} held={}", given.size(), shards.count());
    }
}
