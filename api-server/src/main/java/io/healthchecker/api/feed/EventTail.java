package io.healthchecker.api.feed;

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
    private static final Logger log = LoggerFactory.getLogger(EventTail.class);
    private static final int BATCH = 1_000;
    private static final int IDLE_POLLS_BETWEEN_CHECKS = 32;

    private final EventTable events;
    private final EventRing ring;
    private final FeedClients clients;
    private final FeedMetrics metrics;
    private final Ticker ticker;

    private final Semaphore wakeups = new Semaphore(0);
    private int idlePolls;
    private boolean unreachable;

    EventTail(EventTable events, EventRing ring, FeedClients clients, FeedMetrics metrics, Ticker ticker) {
        this.events = events;
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

    /** Reads until its thread is interrupted. */
    void run(Duration poll) {
        try {
            while (true) {
                readSafely();
                wakeups.tryAcquire(poll.toNanos(), TimeUnit.NANOSECONDS);
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
                log.info("feed tail reads again eventId={}", ring.newest());
                unreachable = false;
            }
        } catch (DataAccessException e) {
            if (!unreachable) {
                log.warn("feed tail cannot read eventId={}", ring.newest(), e);
                unreachable = true;
            }
        }
    }

    /** Fills the ring with what is there already. */
    void fill() {
        ring.restart(Math.max(events.oldestId() - 1, events.lastId() - ring.size()));
        read();
    }

    /** Reads what is new. */
    void read() {
        List<StoredEvent> batch;
        do {
            batch = events.after(ring.newest(), BATCH);
            Set<Integer> teams = new HashSet<>();
            for (StoredEvent event : batch) {
                append(event);
                teams.add(event.teamId());
            }
            clients.wake(teams);
        } while (batch.size() == BATCH);
        if (!batch.isEmpty()) {
            idlePolls = 0;
        } else if (++idlePolls % IDLE_POLLS_BETWEEN_CHECKS == 0) {
            noticeReset();
        }
    }

    private void append(StoredEvent event) {
        if (event.id() != ring.newest() + 1) {
            log.error("event ids are not dense, some were lost after={} next={}", ring.newest(), event.id());
            metrics.gap();
            ring.restart(event.id() - 1);
        }
        ring.append(FeedEvent.of(event));
        metrics.read(Duration.ofMillis(ticker.epochMillis() - event.at().toEpochMilli()));
    }

    /** After a backup was restored, ids begin again below those that we know. */
    private void noticeReset() {
        long last = events.lastId();
        if (last < ring.newest()) {
            log.error("event ids began anew, clients have to reconnect known={} last={}", ring.newest(), last);
            metrics.gap();
            ring.restart(last);
            clients.endAll(Farewell.RESET);
        }
    }
}
