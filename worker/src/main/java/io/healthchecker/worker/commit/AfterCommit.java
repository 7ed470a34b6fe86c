package io.healthchecker.worker.commit;

import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.job.JobStream;
import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.job.WakeStream.Wake;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.commit.ResultTransaction.Written;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows once results are committed: jobs are acknowledged, listeners woken, confirmations asked for. */
public final class AfterCommit {
    private static final Logger LOG = LoggerFactory.getLogger(AfterCommit.class);

    private final Receipts receipts;
    private final JobStream jobs;
    private final WakeStream wake;
    private final CommitMetrics metrics;
    private final Ticker ticker;

    public AfterCommit(Receipts receipts, JobStream jobs, WakeStream wake, CommitMetrics metrics, Ticker ticker) {
        this.receipts = receipts;
        this.jobs = jobs;
        this.wake = wake;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    /** Never throws: the results are written whatever becomes of this. */
    void committed(List<Finished> batch, Written written) {
        try {
            follow(batch, written);
        } catch (RuntimeException e) {
            LOG.warn("results committed, but not acknowledged results={} cause={}", batch.size(), e.toString());
        }
    }

    private void follow(List<Finished> batch, Written written) {
        receipts.done(batch.stream().map(Finished::delivery).toList());
        if (written.transitions() > 0) {
            wake.publish(Wake.EVENT);
        }
        long now = ticker.epochMillis();
        List<Job> confirmations = written.leaning().stream()
                .map(finished -> confirmation(finished, now))
                .filter(Objects::nonNull)
                .toList();
        if (!confirmations.isEmpty() && jobs.ready()) {
            jobs.append(confirmations);
            metrics.confirmations(confirmations.size());
        }
    }

    void givenUp(Delivery delivery) {
        receipts.done(List.of(delivery));
    }

    /** The check that confirms a result, or null where the next slot comes as soon. It is never due at a slot. */
    static @Nullable Job confirmation(Finished finished, long now) {
        Subject subject = Objects.requireNonNull(finished.subject());
        Cadence cadence = subject.cadence();
        long due = now + subject.confirmAfterMillis();
        if (cadence.slotAfter(now) <= due) {
            return null;
        }
        Job job = finished.result().job();
        long slot = cadence.besideSlots(due);
        return new Job(job.serviceId(), slot, job.locationId(), job.version(), JobKind.CONFIRMATION);
    }
}
