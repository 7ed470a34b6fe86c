package io.healthchecker.operator.schedule;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.BatchVerdict;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobBatch;
import io.healthchecker.core.job.JobKeys;
import io.healthchecker.core.schedule.Digest;
import io.healthchecker.core.schedule.Due;
import io.healthchecker.core.schedule.DueRing;
import io.healthchecker.core.schedule.Era;
import io.healthchecker.core.schedule.Run;
import io.healthchecker.core.service.ServiceChange;
import io.healthchecker.core.time.DatabaseClock;
import io.healthchecker.operator.schedule.GroupEmission.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Turns due slots into jobs. Everything that touches a ring or moves a watermark happens here, one thing at a time,
 * whatever thread it comes from.
 */
final class Emitter {
    /** How far ahead of a slot its job is emitted; the worker holds it until then. */
    static final long LEAD_MILLIS = 1_500;

    /** How far behind now Redis is refilled, once it has forgotten everything. */
    static final long REFILL_MILLIS = 2_000;

    /** A watermark moves at least so often, even if nothing is due. */
    private static final long IDLE_MILLIS = 1_000;

    private final OwnedShards shards;
    private final Queues queues;
    private final DatabaseClock clock;
    private final GapQueue gaps;
    private final ScheduleMetrics metrics;
    private boolean refill;

    /** One call under way. */
    private record Call(GroupEmission emission, List<Part> parts, CompletableFuture<List<BatchVerdict>> answer) {}

    Emitter(OwnedShards shards, Queues queues, DatabaseClock clock, GapQueue gaps, ScheduleMetrics metrics) {
        this.shards = shards;
        this.queues = queues;
        this.clock = clock;
        this.gaps = gaps;
        this.metrics = metrics;
    }

    /** Emits what is due in all shards. A shard whose jobs Redis did not take stays where it is until the next tick. */
    void tick() {
        metrics.tick().record(() -> {
            refill = false;
            emit();
            if (refill) {
                emit();
            }
        });
    }

    /** Takes shards; from now on they are emitted. */
    synchronized void adopt(Collection<OwnedShard> acquired) {
        acquired.forEach(shards::add);
    }

    /** Lets shards go; afterwards nothing more is emitted for them and their watermarks are final. */
    synchronized void retire(Collection<OwnedShard> surplus) {
        for (OwnedShard owned : surplus) {
            gaps.add(owned.shedding().end(owned.ring(), owned.watermark()));
            shards.remove(owned);
        }
    }

    /** Lets a shard go that somebody else has taken. */
    synchronized void lose(OwnedShard owned) {
        if (shards.has(owned)) {
            gaps.add(owned.shedding().end(owned.ring(), owned.watermark()));
            shards.lose(owned);
        }
    }

    /**
     * Takes changes of services, oldest first; what is known already is passed over.
     *
     * @return whether a first check waits, so that a tick should follow at once
     */
    synchronized boolean apply(List<ServiceChange> changes) {
        Map<Long, Long> newest = new HashMap<>();
        changes.forEach(change -> newest.merge(change.serviceId(), change.version(), Math::max));
        boolean waits = false;
        for (ServiceChange change : changes) {
            OwnedShard owned = shards.get(change.shard());
            if (owned == null || !owned.ring().apply(era(change))) {
                continue;
            }
            heardLate(owned, change);
            // a follower may read a change again after the service is gone; only the newest one begins anything
            if (FirstCheck.isWanted(change) && newest.getOrDefault(change.serviceId(), 0L) == change.version()) {
                owned.waiting().add(FirstCheck.of(change, clock.epochMillis()));
                waits = true;
            }
        }
        return waits;
    }

    /** Puts another ring in the place of a shard's. */
    synchronized void replaceRing(OwnedShard owned, DueRing ring) {
        owned.replaceRing(ring);
    }

    /** What the rings of some shards come to. */
    synchronized Map<Integer, Digest> digests(Collection<OwnedShard> of) {
        Map<Integer, Digest> digests = new HashMap<>();
        of.forEach(owned -> digests.put(owned.shard(), owned.ring().digest()));
        return digests;
    }

    static Era era(ServiceChange change) {
        return new Era(
                change.serviceId(),
                change.version(),
                change.effectiveMillis(),
                change.active() ? change.cadence() : null);
    }

    private void emit() {
        List<GroupEmission> emissions = new ArrayList<>();
        for (int group = 0; group < JobKeys.GROUPS && queues.ready(); group++) {
            Shed shed = queues.shed(group);
            emissions.add(new GroupEmission(group, shards, owned -> plan(owned, shed)));
        }
        while (!emissions.isEmpty()) {
            emissions = round(emissions);
        }
    }

    /** One call of each group, all at once; returns the groups that go on. Between rounds others have their turn. */
    private synchronized List<GroupEmission> round(List<GroupEmission> emissions) {
        List<Call> calls = new ArrayList<>();
        for (GroupEmission emission : emissions) {
            List<Part> parts = emission.next();
            if (!parts.isEmpty()) {
                List<JobBatch> batches = parts.stream().map(Part::batch).toList();
                calls.add(new Call(emission, parts, queues.append(emission.group(), batches)));
            }
        }
        return calls.stream().filter(this::conclude).map(Call::emission).toList();
    }

    private @Nullable Plan plan(OwnedShard owned, Shed shed) {
        long now = clock.epochMillis();
        long watermark = owned.watermark();
        gaps.add(owned.shedding().change(shed, owned.ring(), watermark));
        long horizon = Math.max(now + LEAD_MILLIS, watermark);
        Plan plan = Plan.of(owned.ring(), new Plan.Span(watermark, now, horizon), shed);
        plan.addFirst(owned.waiting());
        // a shard is taken over at Redis at once, or its last holder could go on there
        boolean idle = plan.isEmpty() && horizon - watermark < IDLE_MILLIS && !owned.takesOver();
        return idle ? null : plan;
    }

    /** Returns whether the group goes on. */
    private boolean conclude(Call call) {
        boolean answered = true;
        List<BatchVerdict> verdicts = call.answer().join();
        for (int i = 0; i < verdicts.size(); i++) {
            Part part = call.parts().get(i);
            BatchVerdict verdict = verdicts.get(i);
            judge(part, verdict);
            answered &= verdict.kind() != BatchVerdict.Kind.UNANSWERED;
            if (verdict.kind() != BatchVerdict.Kind.TAKEN) {
                call.emission().abandon(part.plan());
            }
        }
        return answered;
    }

    private void judge(Part part, BatchVerdict verdict) {
        OwnedShard owned = part.owned();
        switch (verdict.kind()) {
            case TAKEN -> taken(part);
            case DEPOSED -> lose(owned);
            case FORGOTTEN -> {
                metrics.forgotten();
                refill = true;
                owned.rewindTo(
                        verdict.watermarkMillis() == BatchVerdict.NO_MARK
                                ? clock.epochMillis() - REFILL_MILLIS
                                : verdict.watermarkMillis());
            }
            case AHEAD -> owned.advanceTo(verdict.watermarkMillis());
            case UNANSWERED -> metrics.unanswered();
        }
    }

    private void taken(Part part) {
        OwnedShard owned = part.owned();
        List<Job> urgent = part.batch().urgent();
        metrics.emitted(urgent.size(), part.batch().standard().size());
        if (!owned.waiting().isEmpty()) {
            owned.waitingWasSent(urgent);
        }
        if (part.last()) {
            owned.advanceTo(part.plan().span().horizon());
            gaps.add(part.plan().gaps());
        }
    }

    /** Slots of the new era that lie behind the watermark already: the newest becomes a job, if it still means anything. */
    private void heardLate(OwnedShard owned, ServiceChange change) {
        if (!change.active()) {
            return;
        }
        long after = change.effectiveMillis() - 1;
        Run run = Run.between(change.serviceId(), change.version(), change.cadence(), after, owned.watermark());
        if (run == null) {
            return;
        }
        Due last = run.last();
        Run skipped = run;
        if (Plan.isWorthwhile(last, clock.epochMillis())) {
            owned.waiting().add(Plan.job(last));
            skipped = run.butLast();
        }
        if (skipped != null) {
            gaps.add(List.of(Plan.gap(skipped, Reason.SKIPPED)));
        }
    }
}
