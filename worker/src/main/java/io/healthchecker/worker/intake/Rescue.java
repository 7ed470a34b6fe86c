package io.healthchecker.worker.intake;

import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.JobInboxStream;
import io.healthchecker.core.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the jobs of workers that have died, and jobs that have not moved for long whosever they are. While nobody
 * can tell who lives, nobody is robbed.
 */
final class Rescue {
    private static final Logger LOG = LoggerFactory.getLogger(Rescue.class);
    private static final long EVERY_MILLIS = 5_000;
    private static final int IDLE_ROUNDS = 6;
    // whoever comes first makes them fresh, so that a second rescuer finds nothing
    private static final long DEAD_IDLE_MILLIS = 4_000;
    private static final long IDLE_MILLIS = 120_000;
    private static final long REMOVE_AFTER_MILLIS = 600_000;

    private final JobInboxStream inbox;
    private final Fleet fleet;
    private final Ticker ticker;
    private long next;
    private int rounds;

    Rescue(JobInboxStream inbox, Fleet fleet, Ticker ticker) {
        this.inbox = inbox;
        this.fleet = fleet;
        this.ticker = ticker;
        this.next = ticker.nanoTime();
    }

    /** What an earlier life of this worker left. */
    List<Delivery> left() {
        return inbox.takeOver(inbox.consumer(), 0, Integer.MAX_VALUE);
    }

    /** What was rescued, at most so much; looks only every few seconds. */
    List<Delivery> round(int credits) {
        if (ticker.nanoTime() - next < 0) {
            return List.of();
        }
        next = ticker.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS);
        Set<String> living = fleet.living();
        if (living == null) {
            return List.of();
        }
        List<Delivery> rescued = new ArrayList<>();
        for (String consumer : inbox.busyConsumers(REMOVE_AFTER_MILLIS)) {
            if (!living.contains(consumer) && !consumer.equals(inbox.consumer())) {
                List<Delivery> taken = inbox.takeOver(consumer, DEAD_IDLE_MILLIS, credits - rescued.size());
                if (!taken.isEmpty()) {
                    LOG.info("jobs taken over from={} jobs={}", consumer, taken.size());
                }
                rescued.addAll(taken);
            }
        }
        if (++rounds % IDLE_ROUNDS == 0) {
            rescued.addAll(inbox.takeOverIdle(IDLE_MILLIS, credits - rescued.size()));
        }
        return rescued;
    }
}
