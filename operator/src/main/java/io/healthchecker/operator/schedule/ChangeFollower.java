package io.healthchecker.operator.schedule;

import io.healthchecker.core.service.ServiceChangeTable;

/** Brings changes of services to the rings of the shards that we hold. For one thread, the one that acquires shards. */
final class ChangeFollower {
    private static final long NOWHERE = -1;

    private final ServiceChangeTable changes;
    private final Emitter emitter;
    private long horizon = NOWHERE;

    ChangeFollower(ServiceChangeTable changes, Emitter emitter) {
        this.changes = changes;
        this.emitter = emitter;
    }

    /**
     * Reads what changed since the last time; the first time it only notes where to begin, so it has to be called before
     * any shard is loaded.
     *
     * @return whether a first check waits
     */
    boolean follow() {
        long next = changes.horizon();
        boolean waits = horizon != NOWHERE && emitter.apply(changes.since(horizon));
        horizon = next;
        return waits;
    }
}
