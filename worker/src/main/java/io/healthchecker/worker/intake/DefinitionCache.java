package io.healthchecker.worker.intake;

import io.healthchecker.core.service.ServiceChange;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Definitions that this worker has read, at most so many. Jobs of all services come in turn to any worker, so that none
 * is used more than another: where there is no room, any one goes.
 */
final class DefinitionCache {
    private final Map<Long, Known> known = new ConcurrentHashMap<>();
    private final int capacity;
    private Iterator<Long> hand = known.keySet().iterator();

    DefinitionCache(int capacity) {
        this.capacity = capacity;
    }

    /** What is known of a service, at least as new as a version; null if it has to be read. */
    @Nullable
    Known find(long serviceId, long version) {
        Known found = known.get(serviceId);
        return found == null || found.version() < version ? null : found;
    }

    /** Keeps what was read. For one thread. */
    void put(long serviceId, Known read) {
        if (known.put(serviceId, read) == null && known.size() > capacity) {
            evict(serviceId);
        }
    }

    /**
     * Takes a change in: what is older is forgotten, and what must not be checked any more is known at once. For the
     * thread that puts.
     *
     * @return whether the service has to be read again
     */
    boolean apply(ServiceChange change) {
        Known old = known.get(change.serviceId());
        boolean isNews = old instanceof Known.Unreadable || (old != null && old.version() < change.version());
        if (!isNews) {
            return false;
        }
        if (change.op() == ServiceChange.Op.DELETED) {
            known.put(change.serviceId(), new Known.Gone());
            return false;
        }
        if (!change.active()) {
            known.put(change.serviceId(), new Known.Suspended(change.version()));
            return false;
        }
        known.remove(change.serviceId());
        return true;
    }

    int size() {
        return known.size();
    }

    private void evict(long kept) {
        if (!hand.hasNext()) {
            hand = known.keySet().iterator();
        }
        while (hand.hasNext()) {
            long id = hand.next();
            if (id != kept) {
                hand.remove();
                return;
            }
        }
    }
}
