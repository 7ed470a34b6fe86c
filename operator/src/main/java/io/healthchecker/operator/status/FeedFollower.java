package io.healthchecker.operator.status;

import io.healthchecker.core.feed.EventCursor;
import io.healthchecker.core.feed.EventCursor.Step;
import io.healthchecker.core.feed.EventTable;
import io.healthchecker.core.feed.StoredEvent;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.core.verdict.ServiceStateTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Knows what the reported services are. The feed says which of them changed, {@code service_state} says to what: an event
 * that was read twice, or late, does no harm. A sweep from time to time finds what was missed. For one thread.
 */
final class FeedFollower {
    private static final Logger LOG = LoggerFactory.getLogger(FeedFollower.class);
    private static final int BATCH = 1_000;

    private final EventTable events;
    private final ServiceStateTable states;
    private final Subjects subjects;
    private final Changes changes;
    private final StatusMetrics metrics;
    private final Rhythm rhythm;

    private final Semaphore wakeups = new Semaphore(0);
    private @Nullable EventCursor cursor;
    private long sweepAt;
    private boolean unreachable;
    private volatile boolean stopped;

    /** Who is told which resources have to be looked at. */
    interface Changes {
        void of(String uid);

        /** Every resource has to be looked at. */
        void ofAll();
    }

    /**
     * When it looks.
     *
     * @param sweep about as long from one sweep to the next
     * @param chance from 0 to 1, so that replicas and clusters do not sweep together
     */
    record Rhythm(Duration poll, Duration sweep, Ticker ticker, DoubleSupplier chance) {
        private long nextSweep() {
            return ticker.nanoTime() + Math.round(sweep.toNanos() * (0.75 + 0.5 * chance.getAsDouble()));
        }
    }

    FeedFollower(JdbcClient jdbc, Subjects subjects, Changes changes, StatusMetrics metrics, Rhythm rhythm) {
        this.events = new EventTable(jdbc);
        this.states = new ServiceStateTable(jdbc);
        this.subjects = subjects;
        this.changes = changes;
        this.metrics = metrics;
        this.rhythm = rhythm;
        this.sweepAt = rhythm.nextSweep();
    }

    /** There is something to read; from any thread. */
    void wake() {
        if (wakeups.availablePermits() == 0) {
            wakeups.release();
        }
    }

    /** From now on nothing is begun; a thread that waits has to be interrupted. */
    void stop() {
        stopped = true;
    }

    /** Reads until it is stopped and its thread interrupted. */
    void run() {
        try {
            while (!stopped) {
                readSafely();
                wakeups.tryAcquire(rhythm.poll().toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void readSafely() {
        try {
            wakeups.drainPermits();
            read();
            if (unreachable) {
                LOG.info("status follows the feed again");
                unreachable = false;
            }
        } catch (DataAccessException e) {
            if (!unreachable) {
                LOG.warn("status cannot follow the feed, it stays as it is", e);
                unreachable = true;
            }
        }
    }

    /** Reads what is new. */
    void read() {
        follow();
        load();
        if (rhythm.ticker().nanoTime() - sweepAt >= 0) {
            sweepAt = rhythm.nextSweep();
            sweep();
        }
    }

    private void follow() {
        if (cursor == null) {
            // the position comes before the states: what happens in between is read twice, not missed
            cursor = new EventCursor(events, events.lastId());
            subjects.changed();
        }
        boolean more = true;
        while (more) {
            more = switch (cursor.next()) {
                case Step.Events(var batch, var others) -> {
                    subjects.changed(batch.stream().map(StoredEvent::serviceId).toList());
                    yield others;
                }
                case Step.Lost(var after, var next) -> {
                    LOG.warn("events are gone, all states are read anew after={} next={}", after, next);
                    subjects.changed();
                    yield true;
                }
                case Step.Restarted(var read, var last) -> {
                    LOG.warn("event ids began anew, all states are read anew read={} last={}", read, last);
                    subjects.changed();
                    yield true;
                }
            };
        }
    }

    private int load() {
        int changed = 0;
        for (List<Long> batch = subjects.unread(BATCH); !batch.isEmpty(); batch = subjects.unread(BATCH)) {
            Map<Long, SeenState> found =
                    states.find(batch).stream().collect(Collectors.toMap(ServiceState::serviceId, SeenState::of));
            List<String> uids = subjects.read(batch, found);
            uids.forEach(changes::of);
            changed += uids.size();
        }
        return changed;
    }

    private void sweep() {
        subjects.changed();
        int drifted = load();
        if (drifted > 0) {
            LOG.info("states differed from what the feed had told services={}", drifted);
            metrics.drifted(drifted);
        }
        changes.ofAll();
    }
}
