package io.healthchecker.api.feed;

import io.healthchecker.core.feed.EventCursor;
import io.healthchecker.core.feed.EventCursor.Step;
import io.healthchecker.core.feed.EventTable;
import io.healthchecker.core.feed.StoredEvent;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Reads events as they are committed and puts them into the ring. Polling is the truth; a wake-up only saves time. */
final class EventTail {
    private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);

    private final EventTable events;
    private final EventCursor cursor;
    private final EventRing ring;
    private final FeedClients clients;
    private final FeedMetrics metrics;
    private final Ticker ticker;

    private final Semaphore wakeups = new Semaphore(0);
    private boolean unreachable;
    private volatile boolean ended;

    EventTail(EventTable events, EventRing ring, FeedClients clients, FeedMetrics metrics, Ticker ticker) {
        this.events = events;
        this.cursor = new EventCursor(events, ring.newest());
        this.ring = ring;
        this.clients = clients;
        this.metrics = metrics;
        this.ticker = ticker;
        metrics.newest(ring::newest);
    }

    /** There may be a new event. */
    void wake() {
        if (wakeups.availablePermits() == 0) {
            wakeups.release();
        }
    }

    /** Reads until it is to end, or its thread is interrupted. */
    void run(Duration poll) {
        try {
            while (!ended) {
                readSafely();
                wakeups.tryAcquire(poll.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** It ends after what it is reading: an interrupt would break its connection to the database. */
    void end() {
        ended = true;
        wakeups.release();
    }

    private void readSafely() {
        try {
            wakeups.drainPermits();
            read();
            if (unreachable) {
                LOG.info("feed tail reads again eventId={}", ring.newest());
                unreachable = false;
            }
        } catch (DataAccessException e) {
            if (!unreachable) {
                LOG.warn("feed tail cannot read eventId={}", ring.newest(), e);
                unreachable = true;
            }
        }
    }

    /** Fills the ring with what is there already. */
    void fill() {
        beginAfter(Math.max(events.oldestId() - 1, events.lastId() - ring.size()));
        read();
    }

    /** Reads what is new. */
    void read() {
        boolean more = true;
        while (more) {
            more = switch (cursor.next()) {
                case Step.Events(var batch, var others) -> {
                    append(batch);
                    yield others;
                }
                case Step.Lost(var after, var next) -> {
                    LOG.error("event ids are not dense, some were lost after={} next={}", after, next);
                    metrics.gap();
                    ring.restart(next - 1);
                    yield true;
                }
                case Step.Restarted(var read, var last) -> {
                    LOG.error("event ids began anew, clients have to reconnect known={} last={}", read, last);
                    metrics.gap();
                    ring.restart(last);
                    clients.endAll(Farewell.RESET);
                    yield false;
                }
            };
        }
    }

    private void append(List<StoredEvent> batch) {
        Set<Integer> teams = new HashSet<>();
        for (StoredEvent event : batch) {
            ring.append(FeedEvent.of(event));
            metrics.read(Duration.ofMillis(ticker.epochMillis() - event.at().toEpochMilli()));
            teams.add(event.teamId());
        }
        clients.wake(teams);
    }

    private void beginAfter(long id) {
        ring.restart(id);
        cursor.moveTo(id);
    }
}
