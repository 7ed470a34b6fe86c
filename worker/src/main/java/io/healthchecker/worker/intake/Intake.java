package io.healthchecker.worker.intake;

import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobInboxStream;
import io.healthchecker.worker.commit.ResultWriters;
import io.lettuce.core.RedisException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads jobs as long as there are permits for them and room for their results. It looks at Redis every so often instead
 * of waiting there: jobs come a second and a half ahead of their slots. It runs on a thread of its own.
 */
final class Intake implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final long RETRY_MILLIS = 500;

    private final JobInboxStream inbox;
    private final Rescue rescue;
    private final Admission admission;
    private final DueQueue queue;
    private final Permits permits;
    private final IntakeMetrics metrics;
    private volatile boolean isRunning = true;
    private boolean isAway;
    private boolean isFresh = true;

    Intake(JobInboxStream inbox, Rescue rescue, Desk desk, Permits permits, IntakeMetrics metrics) {
        this.inbox = inbox;
        this.rescue = rescue;
        this.admission = desk.admission;
        this.queue = desk.queue;
        this.permits = permits;
        this.metrics = metrics;
    }

    /** Where deliveries go. */
    record Desk(Admission admission, DueQueue queue) {}

    /**
     * How much may be taken.
     *
     * @param pollMillis from one look at Redis to the next
     */
    record Permits(int capacity, Ramp ramp, InFlight inFlight, ResultWriters results, long pollMillis) {
        int free() {
            return results.isFilling() ? 0 : Math.max(0, ramp.of(capacity) - inFlight.openCount());
        }
    }

    @Override
    public void run() {
        while (isRunning) {
            park(round() ? permits.pollMillis : RETRY_MILLIS);
        }
    }

    /** Stops reading; what was read goes on. */
    void stop() {
        isRunning = false;
    }

    /** Reads once; false if Redis does not answer. */
    boolean round() {
        try {
            if (isFresh) {
                take(rescue.left());
            } else if (isAway) {
                take(inbox.mine()); // a read that was not answered may have been carried out
            }
            isFresh = false;
            int credits = permits.free();
            if (credits > 0) {
                List<Delivery> rescued = rescue.round(credits);
                metrics.takenOver(rescued.size());
                take(rescued);
                take(inbox.read(credits - Math.min(credits, rescued.size())));
            }
            if (isAway) {
                isAway = false;
                LOG.info("jobs are read again");
            }
            return true;
        } catch (RedisException e) {
            if (!isAway) {
                isAway = true;
                LOG.warn("jobs cannot be read cause={}", e.toString());
            }
            return false;
        }
    }

    private void take(List<Delivery> deliveries) {
        metrics.taken(deliveries.size());
        for (Delivery delivery : deliveries) {
            Job job = admission.admit(delivery);
            if (job != null) {
                queue.hold(job, delivery);
            }
        }
    }

    private static void park(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
