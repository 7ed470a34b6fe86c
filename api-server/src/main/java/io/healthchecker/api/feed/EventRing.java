package io.healthchecker.api.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The newest events in memory, by id. One thread appends, any number reads. */
final class EventRing {
    private final AtomicReferenceArray<@Nullable FeedEvent> slots;
    private final Map<Integer, Long> newestOfTeam = new ConcurrentHashMap<>();
    private volatile long base;
    private volatile long newest;

    /** Begins after an event, which is not in it. */
    EventRing(int size, long base) {
        this.slots = new AtomicReferenceArray<>(size);
        this.base = base;
        this.newest = base;
    }

    /**
     * Appends the event that follows the newest one.
     *
     * @throws IllegalArgumentException if it does not follow: ids are dense
     */
    void append(FeedEvent event) {
        if (event.id() != newest + 1) {
            throw new IllegalArgumentException("event %d does not follow %d".formatted(event.id(), newest));
        }
        slots.set(place(event.id()), event);
        newestOfTeam.put(event.teamId(), event.id());
        newest = event.id(); // last: whoever sees the id finds the event and the team's mark
    }

    /** Begins anew after an event, since those before it cannot be had. */
    void restart(long after) {
        base = after;
        newest = after;
    }

    /** How many events it keeps. */
    int size() {
        return slots.length();
    }

    /** Id of the newest event. */
    long newest() {
        return newest;
    }

    /** Whether all events after an id belong to other teams, up to a {@link #newest()} that was read before. */
    boolean nothingFor(int teamId, long id) {
        if (id < base) {
            return false;
        }
        Long mark = newestOfTeam.get(teamId);
        return mark == null || mark <= id;
    }

    /** At most {@code limit} events after an id, in order; null if the first of them has left the ring. */
    @Nullable
    List<FeedEvent> after(long id, int limit) {
        long last = Math.min(newest, id + limit);
        if (id < base || last - id > slots.length()) {
            return null;
        }
        List<FeedEvent> events = new ArrayList<>((int) Math.max(0, last - id));
        for (long next = id + 1; next <= last; next++) {
            FeedEvent event = slots.get(place(next));
            if (event == null || event.id() != next) {
                return null; // overtaken
            }
            events.add(event);
        }
        return events;
    }

    private int place(long id) {
        return (int) (id % slots.length());
    }
}
