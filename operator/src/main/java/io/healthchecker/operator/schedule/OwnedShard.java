package io.healthchecker.operator.schedule;

import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.schedule.DueRing;
import io.healthchecker.core.schedule.ShardLease;
import io.healthchecker.core.schedule.Watermark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A shard that this scheduler holds. Its ring and its jobs belong to the {@link Emitter}, its lease to {@link Leases}. */
final class OwnedShard {
    /** How long a job that was sent is remembered, in case Redis forgets it. */
    private static final long REMEMBER_MILLIS = 10_000;

    private final ShardLease lease;
    private DueRing ring;
    private final ShedRecord shedding = new ShedRecord();
    private final List<Job> waiting = new ArrayList<>();
    private final Deque<Job> sent = new ArrayDeque<>();
    private boolean takesOver = true;
    private volatile long watermark;
    private volatile long validUntilNanos;

    /** The first emission takes the shard over at Redis. */
    OwnedShard(Watermark start, DueRing ring, long validUntilNanos) {
        this.lease = start.lease();
        this.ring = ring;
        this.watermark = start.millis();
        this.validUntilNanos = validUntilNanos;
    }

    int shard() {
        return lease.shard();
    }

    ShardLease lease() {
        return lease;
    }

    DueRing ring() {
        return ring;
    }

    void replaceRing(DueRing other) {
        ring = other;
    }

    ShedRecord shedding() {
        return shedding;
    }

    long watermark() {
        return watermark;
    }

    Watermark mark() {
        return new Watermark(lease, watermark);
    }

    boolean takesOver() {
        return takesOver;
    }

    /** By the monotonic clock, counted from before the renewal was sent. */
    long validUntilNanos() {
        return validUntilNanos;
    }

    void renewed(long untilNanos) {
        validUntilNanos = untilNanos;
    }

    /** Jobs that go with the next emission, besides the slots: first checks, and slots that were heard of too late. */
    List<Job> waiting() {
        return waiting;
    }

    /** Redis has everything up to here, by our own call or by an earlier one. */
    void advanceTo(long millis) {
        watermark = millis;
        takesOver = false;
        ring.settle(millis);
    }

    /** Redis has these jobs, and so what waited among them. The rest are slots, which the ring knows by itself. */
    void waitingWasSent(List<Job> jobs) {
        jobs.stream().filter(waiting::remove).forEach(sent::add);
        while (!sent.isEmpty() && sent.getFirst().slot() < watermark - REMEMBER_MILLIS) {
            sent.removeFirst();
        }
    }

    /** Redis lost what it had after this instant. */
    void rewindTo(long millis) {
        watermark = Math.min(watermark, millis);
        takesOver = true;
        shedding.rewind(watermark);
        waiting.addAll(sent);
        sent.clear();
        // these slots are ahead again, so that the ring makes jobs of them
        waiting.removeIf(job -> job.kind() == JobKind.GRID && job.slot() > watermark);
    }
}
