package io.healthchecker.api.feed;

import io.healthchecker.core.feed.EventTable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Where clients get events from: the ring, the table behind it, and a snapshot where neither reaches. */
final class FeedSource {
    private static final int BATCH = 500;
    private static final int WINDOW = 5_000;

    private final EventRing ring;
    private final EventTable events;
    private final Snapshots snapshots;
    private final FeedMetrics metrics;
    private final Bulletin bulletin;
    // thousands may reconnect at once, and the database serves others too
    private final Semaphore readers = new Semaphore(4, true);

    FeedSource(EventRing ring, EventTable events, Snapshots snapshots, FeedMetrics metrics, Bulletin bulletin) {
        this.ring = ring;
        this.events = events;
        this.snapshots = snapshots;
        this.metrics = metrics;
        this.bulletin = bulletin;
    }

    /** What comes after an event. */
    sealed interface Batch {
        /** A team's next events, all of them up to an id. */
        record Events(List<FeedEvent> events, long upTo) implements Batch {}

        /** Some of them are kept no longer: {@code oldest} is the first that is. */
        record Gone(long oldest) implements Batch {}
    }

    /** What keeps services from being known, as JSON; null while nothing does. */
    @Nullable
    String coverage() {
        return bulletin.coverage();
    }

    /** Id of the newest event that is known here. */
    long newest() {
        return ring.newest();
    }

    /** A team's events after an id, some of them; empty and up to that id if there are none. */
    Batch after(long id, int teamId) throws InterruptedException {
        long newest = ring.newest();
        if (id >= newest) {
            return new Batch.Events(List.of(), id);
        }
        if (ring.nothingFor(teamId, id)) {
            return new Batch.Events(List.of(), newest);
        }
        List<FeedEvent> found = ring.after(id, BATCH);
        if (found == null) {
            return behindRing(id, Math.min(newest, id + WINDOW), teamId);
        }
        return new Batch.Events(
                found.stream().filter(event -> event.teamId() == teamId).toList(),
                found.getLast().id());
    }

    private Batch behindRing(long id, long upTo, int teamId) throws InterruptedException {
        readers.acquire();
        try {
            metrics.replayed();
            List<FeedEvent> found =
                    events.between(teamId, id, upTo).stream().map(FeedEvent::of).toList();
            // asked afterwards: what is kept now was kept when we read
            long oldest = events.oldestId();
            return oldest > id + 1 ? new Batch.Gone(oldest) : new Batch.Events(found, upTo);
        } finally {
            readers.release();
        }
    }

    /** Whether an id lies beyond every event that was ever written, as after a restored backup. */
    boolean isUnheardOf(long id) throws InterruptedException {
        if (id <= ring.newest()) {
            return false;
        }
        readers.acquire();
        try {
            return id > events.lastId(); // another replica may be ahead of us
        } finally {
            readers.release();
        }
    }

    /** What a team's services are, and the event up to which that is true. */
    Snapshots.Snapshot snapshot(int teamId, @Nullable Set<Long> serviceIds) throws InterruptedException {
        readers.acquire();
        try {
            return snapshots.of(teamId, serviceIds);
        } finally {
            readers.release();
        }
    }

    /** Those of some services that a team has. */
    List<Long> ofTeam(int teamId, Set<Long> serviceIds) throws InterruptedException {
        readers.acquire();
        try {
            return snapshots.ofTeam(teamId, serviceIds);
        } finally {
            readers.release();
        }
    }
}
