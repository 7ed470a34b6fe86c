package io.healthchecker.operator.schedule;

import io.healthchecker.core.check.Gap;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKeys;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.schedule.Due;
import io.healthchecker.core.schedule.DueRing;
import io.healthchecker.core.schedule.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What becomes of a shard's slots after one instant and up to another one: jobs, or gaps. */
final class Plan {
    /** V0004: the one location that there is so far. */
    static final int LOCATION = 1;

    /**
     * A schedule that lies further behind than this catches up: only the newest slot of each service becomes a job. More
     * than {@link Emitter#REFILL_MILLIS}, or what is refilled would be skipped.
     */
    static final long CATCH_UP_AFTER_MILLIS = 3_000;

    private final Span span;
    private final List<Job> urgent = new ArrayList<>();
    private final List<Job> standard = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    /** From the watermark to the horizon, and the instant between them that is now; all in epoch milliseconds. */
    record Span(long watermark, long now, long horizon) {}

    private Plan(Span span) {
        this.span = span;
    }

    static Plan of(DueRing ring, Span span, Shed shed) {
        Plan plan = new Plan(span);
        long from = span.watermark();
        if (from < span.now() - CATCH_UP_AFTER_MILLIS) {
            plan.catchUp(ring, shed);
            from = span.now();
        }
        for (Due due : ring.due(from, span.horizon())) {
            plan.add(due, shed);
        }
        return plan;
    }

    Span span() {
        return span;
    }

    List<Job> urgent() {
        return urgent;
    }

    List<Job> standard() {
        return standard;
    }

    /** Slots that were skipped. Those that are shed are not among them: see {@link ShedRecord}. */
    List<Gap> gaps() {
        return gaps;
    }

    boolean isEmpty() {
        return urgent.isEmpty() && standard.isEmpty() && gaps.isEmpty();
    }

    /** Adds jobs that wait apart from the slots; they go first. */
    void addFirst(List<Job> jobs) {
        urgent.addAll(0, jobs);
    }

    private void catchUp(DueRing ring, Shed shed) {
        List<Due> newest = new ArrayList<>();
        ring.runs(span.watermark(), span.now(), run -> {
            if (shed.leavesOut(run.first().periodMillis())) {
                return;
            }
            Run skipped = run;
            if (isWorthwhile(run.last(), span.now())) {
                newest.add(run.last());
                skipped = run.butLast();
            }
            if (skipped != null) {
                gaps.add(gap(skipped, Reason.SKIPPED));
            }
        });
        newest.sort(Comparator.comparingLong(Due::slot));
        newest.forEach(due -> add(due, shed));
    }

    private void add(Due due, Shed shed) {
        if (!shed.leavesOut(due.periodMillis())) {
            (isUrgent(due) ? urgent : standard).add(job(due));
        }
    }

    /** Whether a slot of the past is still worth a check: within one period and a minute. */
    static boolean isWorthwhile(Due due, long now) {
        return now - due.slot() <= Math.min(due.periodMillis(), new Cadence(due.periodMillis(), 0).lateAfterMillis());
    }

    static boolean isUrgent(Due due) {
        return due.periodMillis() <= JobKeys.URGENT_PERIOD_MILLIS;
    }

    static Job job(Due due) {
        return new Job(due.serviceId(), due.slot(), LOCATION, due.version(), JobKind.GRID);
    }

    static Gap gap(Run run, Reason reason) {
        return new Gap(run.first().serviceId(), run.first().slot(), run.lastSlot(), run.slots(), reason);
    }
}
