package io.healthchecker.api.find;

import io.healthchecker.api.look.LastLook;
import io.healthchecker.core.feed.EventTable;
import io.healthchecker.core.time.Ticker;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The services of the teams that are looked at, in memory. Whoever asks gets them as of the newest event: of what events
 * tell, the rows are read again, and nothing else. What changes without an event, such as a service that is late, is read
 * beside that every ten seconds while somebody asks, or more seldom where that would take more than a fiftieth of the
 * time. The database alone says what is true, so any number of these show the same.
 */
public final class KeptRows implements AutoCloseable {
    /** How many services a team may have to be kept, and how many of all teams together are. */
    static final int MOST = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(KeptRows.class);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int SHARE = 50;
    private static final long MOST_EVENTS = 5_000;
    private static final int MOST_TEAMS = 1_000;

    private final RowTable table;
    private final EventTable events;
    private final Ticker ticker;
    private final int most;
    private final Map<Integer, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("kept-rows").factory());

    KeptRows(RowTable table, EventTable events, Ticker ticker, int most) {
        this.table = table;
        this.events = events;
        this.ticker = ticker;
        this.most = most;
    }

    /** @param most how many rows are kept; a team with more is not kept at all */
    public static KeptRows over(JdbcClient jdbc, Ticker ticker, int most) {
        return new KeptRows(new RowTable(jdbc), new EventTable(jdbc), ticker, most);
    }

    /** Of one team. */
    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable Kept kept;
        private boolean underWay;
        private @Nullable Long askedNanos;

        /** Whether somebody asked a short while ago, too. */
        private boolean asked(long nowNanos) {
            Long last = askedNanos;
            askedNanos = nowNanos;
            return last != null && nowNanos - last < STALE_NANOS;
        }
    }

    /** @param readNanos when the reading of all of them began, and {@code tookNanos} how long it took */
    private record Kept(TeamRows rows, long readNanos, long tookNanos) {
        Kept with(TeamRows next) {
            return new Kept(next, readNanos, tookNanos);
        }

        long freshNanos() {
            return Math.max(FRESH_NANOS, SHARE * tookNanos);
        }
    }

    /** The services of a team as of now; empty if they are too many to be kept. */
    public Optional<TeamRows> of(int teamId) {
        return of(teamId, true);
    }

    /**
     * The same, if they are here anyway: who asks for a few does not wait until all are read. Who asks again within a
     * minute will find them.
     */
    public Optional<TeamRows> atHand(int teamId) {
        return of(teamId, false);
    }

    private Optional<TeamRows> of(int teamId, boolean wait) {
        Slot slot = slot(teamId);
        if (!wait && slot.kept == null && slot.lock.isLocked()) {
            return Optional.empty(); // all are being read just now
        }
        slot.lock.lock();
        try {
            if (!wait && slot.kept == null && !slot.asked(ticker.nanoTime())) {
                return Optional.empty();
            }
            long newest = events.lastId();
            Kept kept = slot.kept;
            if (kept == null || isOutdated(kept, newest)) {
                if (!wait) {
                    readBeside(teamId, slot);
                    return Optional.empty();
                }
                if (table.count(teamId, most + 1) > most) {
                    slot.kept = null;
                    return Optional.empty();
                }
                kept = readAll(teamId);
                slot.kept = kept;
                makeRoom(teamId);
            } else if (newest > kept.rows().asOf()) {
                kept = kept.with(
                        kept.rows().after(table.changed(teamId, kept.rows().asOf(), ticker.epochMillis())));
                slot.kept = kept;
            }
            if (ticker.nanoTime() - kept.readNanos() > kept.freshNanos()) {
                readBeside(teamId, slot);
            }
            return Optional.of(kept.rows());
        } finally {
            slot.lock.unlock();
        }
    }

    private boolean isOutdated(Kept kept, long newest) {
        long asOf = kept.rows().asOf();
        return ticker.nanoTime() - kept.readNanos() > STALE_NANOS + kept.freshNanos()
                || newest < asOf // ids began anew, as after a restored backup
                || newest - asOf > MOST_EVENTS;
    }

    private Kept readAll(int teamId) {
        long begin = ticker.nanoTime();
        TeamRows rows = table.all(teamId, ticker.epochMillis());
        return new Kept(rows, begin, ticker.nanoTime() - begin);
    }

    private void readBeside(int teamId, Slot slot) {
        if (slot.underWay) {
            return;
        }
        slot.underWay = true;
        try {
            executor.execute(() -> read(teamId, slot));
        } catch (RejectedExecutionException closed) {
            slot.underWay = false;
        }
    }

    private void read(int teamId, Slot slot) {
        @Nullable Kept read = null;
        try {
            read = table.count(teamId, most + 1) > most ? null : readAll(teamId);
        } catch (DataAccessException away) {
            LOG.debug("services of team {} stay as they are", teamId, away);
        }
        slot.lock.lock();
        try {
            slot.underWay = false;
            Kept known = slot.kept;
            if (read != null) {
                // perhaps as of an older event than what was asked for meanwhile: who asks next reads on from there
                slot.kept = known != null
                                && known.rows().rows().equals(read.rows().rows())
                        ? new Kept(
                                new TeamRows(read.rows().asOf(), known.rows().rows()),
                                read.readNanos(),
                                read.tookNanos())
                        : read;
            }
        } finally {
            slot.lock.unlock();
        }
        makeRoom(teamId);
    }

    private Slot slot(int teamId) {
        synchronized (slots) {
            return slots.computeIfAbsent(teamId, _ -> new Slot());
        }
    }

    /** Forgets the teams that were asked for longest ago, until what is kept is not too much. */
    private void makeRoom(int newest) {
        synchronized (slots) {
            long sum = slots.values().stream().mapToLong(KeptRows::size).sum();
            Iterator<Map.Entry<Integer, Slot>> oldest = slots.entrySet().iterator();
            while ((sum > most || slots.size() > MOST_TEAMS) && oldest.hasNext()) {
                Map.Entry<Integer, Slot> entry = oldest.next();
                if (entry.getKey() != newest) {
                    sum -= size(entry.getValue());
                    oldest.remove();
                }
            }
        }
    }

    private static long size(Slot slot) {
        Kept kept = slot.kept;
        return kept == null ? 0 : kept.rows().rows().size();
    }

    @Override
    public void close() {
        LastLook.end(executor);
    }
}
