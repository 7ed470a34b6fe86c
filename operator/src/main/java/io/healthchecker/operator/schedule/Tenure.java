package io.healthchecker.operator.schedule;

import io.healthchecker.core.time.Ticker;
import java.time.Duration;

/**
 * Whether leases may be relied upon. A lease that could not be renewed because the database is out of reach goes on for
 * a while: nobody else can take it then without the database, and Redis refuses the old epoch once somebody did.
 */
final class Tenure {
    private static final long SILENT_NANOS = Duration.ofSeconds(2).toNanos();

    private final Ticker ticker;
    private final long graceNanos;
    private volatile boolean failed;
    private volatile boolean asking;
    private volatile long askedNanos;
    private volatile long reachableSinceNanos;

    Tenure(Ticker ticker, Duration grace) {
        this.ticker = ticker;
        this.graceNanos = grace.toNanos();
        this.reachableSinceNanos = ticker.nanoTime();
    }

    /** Questions go to the database. */
    void asking() {
        askedNanos = ticker.nanoTime();
        asking = true;
    }

    void answered() {
        asking = false;
        failed = false;
    }

    void failed() {
        asking = false;
        failed = true;
        reachableSinceNanos = ticker.nanoTime();
    }

    boolean databaseIsAway() {
        return failed || (asking && ticker.nanoTime() - askedNanos > SILENT_NANOS);
    }

    /** Whether the database answered every question of so long a time. */
    boolean reachableFor(Duration time) {
        return !databaseIsAway() && ticker.nanoTime() - reachableSinceNanos >= time.toNanos();
    }

    boolean holds(OwnedShard owned) {
        long over = ticker.nanoTime() - owned.validUntilNanos();
        return over < 0 || (databaseIsAway() && over < graceNanos);
    }
}
