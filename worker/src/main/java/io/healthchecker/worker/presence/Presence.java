package io.healthchecker.worker.presence;

import io.healthchecker.core.location.WorkerTable;
import io.healthchecker.core.location.WorkerTable.Entry;
import io.healthchecker.core.location.WorkerTable.Living;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.intake.Fleet;
import io.healthchecker.worker.presence.Naming.Named;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** This worker among the others. It says every two seconds that it lives; who has not said so for ten is dead. */
public final class Presence implements Fleet {
    /** From one sign of life to the next. */
    public static final Duration EVERY = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final Duration DEAD_AFTER = Duration.ofSeconds(10);
    // after the database was away everybody looks dead until everybody had the time to say otherwise
    private static final Duration TRUSTED_AFTER = DEAD_AFTER.plus(EVERY);
    private static final Duration DOUBTED_AFTER = Duration.ofSeconds(5);

    private final WorkerTable table;
    private final Identity identity;
    private final Load load;
    private final Ticker ticker;
    private volatile @Nullable Entry entry;
    private volatile String name;
    private volatile View view = new View(List.of(), 0, 0);
    private volatile boolean isReplaced;
    private volatile long wayMillis; // to the database, half of the last sign of life there and back

    /**
     * Who this worker is.
     *
     * @param shared whether the name is its machine's, so that there may be others: it gets a number beside one that lives
     */
    public record Identity(String name, boolean shared, int locationId, String version) {}

    /** How much it has to do. */
    public record Load(IntSupplier inFlight, int capacity, IntSupplier backlog, BooleanSupplier cutOff) {}

    /** What was seen: since when without a break, and when last, in monotonic nanoseconds. */
    private record View(List<Living> living, long since, long at) {}

    public Presence(WorkerTable table, Identity identity, Load load, Ticker ticker) {
        this.table = table;
        this.identity = identity;
        this.name = identity.name;
        this.load = load;
        this.ticker = ticker;
    }

    /** Begins to live and returns the worker's id. */
    public int enter() {
        Entry entered;
        if (identity.shared) {
            Named named = new Naming(table).enter(identity.name, identity.locationId, identity.version);
            name = named.name();
            entered = named.entry();
        } else {
            entered = table.enter(name, identity.locationId, identity.version);
        }
        entry = entered;
        LOG.info("worker entered id={} name={}", entered.id(), name);
        return entered.id();
    }

    /** Its name, for good once it has entered. */
    public String name() {
        return name;
    }

    /** Whether others live at the same location, as far as the database knows now. */
    public boolean hasCompany() {
        Entry mine = entry;
        return mine != null
                && table.alive(DEAD_AFTER).stream()
                        .anyMatch(other -> other.id() != mine.id() && other.locationId() == identity.locationId);
    }

    /** Says that it lives and looks who else does. Never throws. */
    public void beat() {
        Entry mine = entry;
        if (mine == null || isReplaced) {
            return;
        }
        try {
            if (!say(mine)) {
                isReplaced = true;
                LOG.error(
                        "another worker is named {}; give each its own hc.worker.name. This one takes no more jobs",
                        name);
                return;
            }
            table.cutOff(mine, load.cutOff.getAsBoolean());
            List<Living> living = table.alive(DEAD_AFTER);
            long now = ticker.nanoTime();
            view = new View(living, isRecent(now) ? view.since : now, now);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("sign of life not given cause={}", e.toString());
        }
    }

    private boolean say(Entry mine) {
        long sent = ticker.nanoTime();
        boolean isMine = table.beat(
                mine,
                load.inFlight.getAsInt(),
                load.capacity,
                load.backlog.getAsInt(),
                ticker.epochMillis() + wayMillis);
        wayMillis = TimeUnit.NANOSECONDS.toMillis(ticker.nanoTime() - sent) / 2;
        return isMine;
    }

    /** Whether another worker has taken this one's name, so that this one has to end. */
    public boolean isReplaced() {
        return isReplaced;
    }

    @Override
    public @Nullable Set<String> living() {
        return isTrusted() ? view.living.stream().map(Living::name).collect(Collectors.toSet()) : null;
    }

    /** Whether this worker is the one that does what only one has to do; no proof, so that locks are taken all the same. */
    public boolean isEldest() {
        Entry mine = entry;
        return mine != null
                && isTrusted()
                && !view.living.isEmpty()
                && view.living.getFirst().id() == mine.id();
    }

    /**
     * Whether another worker is known to do what only one has to do. A worker that was started lately knows of none, so that
     * what must be done however often workers are started anew is not left to nobody.
     */
    public boolean hasElder() {
        return isTrusted() && !isEldest();
    }

    /** Ends its life, so that others need not wait until it is missed. Never throws. */
    public void leave() {
        Entry mine = entry;
        entry = null;
        if (mine == null) {
            return;
        }
        try {
            table.leave(mine);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("worker left without saying so cause={}", e.toString());
        }
    }

    private boolean isTrusted() {
        long now = ticker.nanoTime();
        return isRecent(now) && now - view.since >= TRUSTED_AFTER.toNanos();
    }

    private boolean isRecent(long now) {
        return !view.living.isEmpty() && now - view.at <= DOUBTED_AFTER.toNanos();
    }
}
