package io.healthchecker.operator.status;

import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which resources have to be looked at, and when. It holds no values, only keys, so the last value wins by itself; each
 * resource stands in it once, so it is no longer than the cluster has resources. Whoever took one has to give it back by
 * {@link #settled} or {@link #failed}; until then nobody else gets it. For many threads.
 */
final class StatusQueue {
    private static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(1).toNanos();

    /** What is waited after one failure more; never longer than the last. */
    private static final long[] BACKOFF_MILLIS = {500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000};

    private final Ticker ticker;
    private final DoubleSupplier chance;
    private final Map<String, Place> places = new HashMap<>();
    private final PriorityQueue<Turn> turns =
            new PriorityQueue<>(Comparator.comparingLong(Turn::due).thenComparingLong(Turn::number));
    private final long origin;
    private long numbers;
    private long pausedUntil;
    private int waiting;

    /** When somebody's turn comes; outdated unless the number is that of the place. */
    private record Turn(long due, long number, String uid) {}

    private static final class Place {
        private long quietUntil;
        private int failures;
        private boolean taken;
        private boolean wanted;
        private long number;
    }

    /** @param chance from 0 to 1, so that those who failed together do not come back together */
    StatusQueue(Ticker ticker, DoubleSupplier chance) {
        this.ticker = ticker;
        this.chance = chance;
        this.origin = ticker.nanoTime();
    }

    /** Has a resource looked at, as soon as it may be; whether it did not wait already. */
    synchronized boolean offer(String uid) {
        Place place = places.computeIfAbsent(uid, _ -> new Place());
        if (place.wanted) {
            return false;
        }
        want(place);
        if (!place.taken) {
            enter(uid, place, Math.max(now(), place.quietUntil));
        }
        return true;
    }

    /** The next resource whose turn it is; null if there is none now. */
    synchronized @Nullable String poll() {
        long now = now();
        if (now < pausedUntil) {
            return null;
        }
        for (Turn turn = turns.peek(); turn != null; turn = turns.peek()) {
            Place place = places.get(turn.uid());
            if (place == null || place.number != turn.number() || !place.wanted || place.taken) {
                turns.poll();
                continue;
            }
            if (turn.due() > now) {
                return null;
            }
            turns.poll();
            place.wanted = false;
            place.taken = true;
            waiting--;
            return turn.uid();
        }
        return null;
    }

    /** Waits for the next resource whose turn it is. */
    synchronized String take() throws InterruptedException {
        for (String next = poll(); ; next = poll()) {
            if (next != null) {
                return next;
            }
            long now = now();
            Turn first = turns.peek();
            long until = first == null ? LONGEST_WAIT_NANOS : Math.max(first.due() - now, pausedUntil - now);
            TimeUnit.NANOSECONDS.timedWait(this, Math.clamp(until, 1_000_000, LONGEST_WAIT_NANOS));
        }
    }

    /** A resource that was taken is as it must be; its next turn comes after a while at the earliest. */
    synchronized void settled(String uid, Duration quiet) {
        Place place = places.get(uid);
        if (place != null) {
            place.failures = 0;
            place.quietUntil = Math.max(place.quietUntil, now() + quiet.toNanos());
            giveBack(uid, place, place.quietUntil);
        }
    }

    /**
     * A resource that was taken could not be written: its turn comes again, later after each failure.
     *
     * @return how many failures in a row it has now; 0 for one that is gone
     */
    synchronized int failed(String uid) {
        Place place = places.get(uid);
        if (place == null) {
            return 0;
        }
        long pause = spread(BACKOFF_MILLIS[Math.min(place.failures, BACKOFF_MILLIS.length - 1)]);
        place.failures++;
        want(place);
        giveBack(uid, place, Math.max(place.quietUntil, now() + pause));
        return place.failures;
    }

    /** A resource that was taken could not be written for a reason that is not its own: its turn comes again at once. */
    synchronized void postponed(String uid) {
        Place place = places.get(uid);
        if (place != null) {
            want(place);
            giveBack(uid, place, Math.max(place.quietUntil, now()));
        }
    }

    /** Nobody's turn comes for a while, about as long as given. */
    synchronized void pause(Duration pause) {
        pausedUntil = Math.max(pausedUntil, now() + spread(pause.toMillis()));
    }

    /** A resource is gone. */
    synchronized void forget(String uid) {
        Place place = places.remove(uid);
        if (place != null && place.wanted) {
            waiting--;
        }
    }

    /** All are gone. */
    synchronized void clear() {
        places.clear();
        turns.clear();
        waiting = 0;
    }

    /** How many wait. */
    synchronized int waiting() {
        return waiting;
    }

    private void want(Place place) {
        if (!place.wanted) {
            place.wanted = true;
            waiting++;
        }
    }

    private void giveBack(String uid, Place place, long due) {
        place.taken = false;
        if (place.wanted) {
            enter(uid, place, due);
        }
    }

    private void enter(String uid, Place place, long due) {
        place.number = ++numbers;
        turns.add(new Turn(due, place.number, uid));
        notifyAll();
    }

    /** Since this queue began, so that no comparison overflows. */
    private long now() {
        return ticker.nanoTime() - origin;
    }

    private long spread(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(Math.round(millis * (0.75 + 0.5 * chance.getAsDouble())));
    }
}
