package io.healthchecker.operator.schedule;

import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Everything that the scheduler asks of the database, each thing when it is due. For one thread. */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final Leases leases;
    private final ChangeFollower follower;
    private final DriftCheck drift;
    private final Tenure tenure;
    private final Ticker ticker;
    private final Every renewal = new Every(Duration.ofSeconds(2));
    private final Every saving = new Every(Duration.ofSeconds(1));
    private final Every comparison = new Every(Duration.ofDays(1));
    private boolean leaving;
    private boolean others = true; // until they were asked for
    private boolean drained;

    /** Something that is due again some time after it was done. */
    private final class Every {
        private final long nanos;
        private long dueNanos;

        Every(Duration period) {
            this.nanos = period.toNanos();
            this.dueNanos = Long.MIN_VALUE;
        }

        void run(Runnable what) {
            long now = ticker.nanoTime();
            if (dueNanos == Long.MIN_VALUE || now - dueNanos >= 0) {
                what.run();
                dueNanos = now + nanos;
            }
        }
    }

    Keeper(Leases leases, ChangeFollower follower, DriftCheck drift, Tenure tenure, Ticker ticker) {
        this.leases = leases;
        this.follower = follower;
        this.drift = drift;
        this.tenure = tenure;
        this.ticker = ticker;
    }

    /**
     * One round.
     *
     * @return whether a first check waits
     */
    boolean step() {
        if (drained) {
            return false;
        }
        tenure.asking();
        try {
            boolean waits = false;
            boolean more = true;
            while (more) {
                renewal.run(leases::renew);
                if (leaving) { // each time, to learn soon what others have taken, and that they leave, too
                    leases.saveWatermarks();
                    others = leases.leave();
                } else {
                    saving.run(leases::saveWatermarks);
                }
                waits |= follower.follow();
                more = !leaving && leases.acquire();
            }
            comparison.run(drift::run);
            tenure.answered();
            return waits;
        } catch (DataAccessException | TransactionException e) {
            if (!tenure.databaseIsAway()) {
                LOG.warn("database out of reach error=\"{}\"", e.getMessage());
            }
            tenure.failed();
            return false;
        }
    }

    List<Integer> checkDrift() {
        return drift.run();
    }

    /** Begins to leave; returns whether there are others, who take our shards while we go on with them. */
    boolean leave() {
        leaving = true;
        others = leases.leave();
        return others;
    }

    /** Whether there were others when that was asked last, while we leave. */
    boolean hasOthers() {
        return others;
    }

    void drain() {
        drained = true;
        leases.drain();
    }
}
