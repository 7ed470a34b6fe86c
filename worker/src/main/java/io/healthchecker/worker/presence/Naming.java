package io.healthchecker.worker.presence;

import io.healthchecker.core.location.WorkerTable;
import io.healthchecker.core.location.WorkerTable.Entry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds a name for a worker that was given none of its own: that of its machine, with a number where others of the machine
 * live. Who dies and starts again has the name that it had, as nobody else took it.
 */
final class Naming {
    private static final Duration GONE_AFTER = Presence.EVERY.multipliedBy(5).dividedBy(2);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final WorkerTable table;

    Naming(WorkerTable table) {
        this.table = table;
    }

    /** A name, and the life that was begun under it. */
    record Named(String name, Entry entry) {}

    /** Begins a life under the first name that is free: {@code host}, {@code host-2}, {@code host-3} … */
    Named enter(String host, int locationId, String version) {
        for (int number = 1; ; number++) {
            String name = number == 1 ? host : host + "-" + number;
            Entry entry = take(name, locationId, version);
            if (entry != null) {
                return new Named(name, entry);
            }
        }
    }

    /** Null once whoever has the name gives a sign of life; if none comes, the name is ours. */
    private @Nullable Entry take(String name, int locationId, String version) {
        String first = null;
        while (!Thread.currentThread().isInterrupted()) {
            Optional<Entry> entry = table.claim(name, locationId, version, GONE_AFTER);
            if (entry.isPresent()) {
                return entry.get();
            }
            String seen = table.seen(name);
            if (first != null && !first.equals(seen)) {
                return null;
            }
            first = seen;
            LockSupport.parkNanos(LOOK.toNanos());
        }
        throw new IllegalStateException("told to end before " + name + " was known to be free");
    }
}
