package io.healthchecker.worker.intake;

import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceChange;
import io.healthchecker.core.service.ServiceChangeTable;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.worker.commit.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Reads definitions in batches and follows their changes, on one thread: what it reads after it followed a change is at
 * least as new as that change. While the database is away, what is known goes on to be used.
 */
final class Definitions implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Definitions.class);
    private static final int BATCH = 500;
    private static final long FOLLOW_MILLIS = 500;

    private final DefinitionCache cache;
    private final ServiceTable services;
    private final ServiceChangeTable changes;
    private final ServiceChecks checks;
    private final ConcurrentLinkedQueue<Wanted> wanted = new ConcurrentLinkedQueue<>();
    private volatile boolean isRunning = true;
    private volatile @Nullable Thread thread;
    private @Nullable Long horizon;
    private volatile boolean isAway;

    Definitions(DefinitionCache cache, ServiceTable services, ServiceChangeTable changes, ServiceChecks checks) {
        this.checks = checks;
        this.cache = cache;
        this.services = services;
        this.changes = changes;
    }

    /** Somebody who waits for a definition. */
    interface Reader {
        /** It was read. Called on the thread that reads. */
        void read(Known known);

        /** It could not be read yet; returns whether to go on trying. */
        boolean waitsOn();
    }

    private record Wanted(long serviceId, @Nullable Reader reader) {}

    /** What is known of a service, at least as new as a version; null if it has to be read. */
    @Nullable
    Known find(long serviceId, long version) {
        return cache.find(serviceId, version);
    }

    /** Reads a definition, as it will be needed soon. */
    void prefetch(long serviceId) {
        wanted.add(new Wanted(serviceId, null));
    }

    /** Reads a definition and tells it. */
    void read(long serviceId, Reader reader) {
        wanted.add(new Wanted(serviceId, reader));
        if (!isAway) {
            wake();
        }
    }

    /** Looks at once: something changed, or something is wanted. */
    void wake() {
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (isRunning) {
            round();
            if (isRunning && (isAway || wanted.isEmpty())) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FOLLOW_MILLIS));
            }
        }
    }

    void stop() {
        isRunning = false;
        wake();
    }

    /** Follows what changed, then reads what is wanted. */
    void round() {
        Map<Long, List<Reader>> batch = new HashMap<>();
        try {
            follow();
            take(batch);
            while (!batch.isEmpty()) {
                tell(batch, load(batch.keySet()));
                batch.clear();
                take(batch);
            }
            if (isAway) {
                isAway = false;
                LOG.info("definitions are followed again");
            }
        } catch (DataAccessException e) {
            if (!isAway) {
                isAway = true;
                LOG.warn("definitions cannot be read cause={}", e.toString());
            }
            take(batch);
            keep(batch);
        }
    }

    private void follow() {
        if (horizon == null) {
            horizon = changes.horizon(); // nothing was read before it
            return;
        }
        long next = changes.horizon();
        for (ServiceChange change : changes.since(horizon)) {
            if (cache.apply(change)) {
                prefetch(change.serviceId());
            }
        }
        horizon = next;
    }

    private void take(Map<Long, List<Reader>> batch) {
        while (batch.size() < BATCH) {
            Wanted next = wanted.poll();
            if (next == null) {
                return;
            }
            List<Reader> readers = batch.computeIfAbsent(next.serviceId, _ -> new ArrayList<>());
            if (next.reader != null) {
                readers.add(next.reader);
            }
        }
    }

    private Map<Long, Known> load(Collection<Long> ids) {
        Map<Long, Known> read = new HashMap<>();
        try {
            List<Service> living = services.living(ids);
            Map<Long, Map<String, byte[]>> sealed = checks.sealed(living);
            living.forEach(service -> read.put(service.id(), known(service, sealed)));
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            ids.forEach(id -> read.put(id, loadAlone(id))); // one of them cannot be read
        }
        Set<Long> missing = new HashSet<>(ids);
        missing.removeAll(read.keySet());
        missing.forEach(id -> read.put(id, new Known.Gone()));
        read.forEach(cache::put);
        return read;
    }

    private Known loadAlone(long id) {
        try {
            List<Service> found = services.living(List.of(id));
            return found.isEmpty() ? new Known.Gone() : known(found.getFirst(), checks.sealed(found));
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("definition unreadable service={} cause={}", id, e.toString());
            return new Known.Unreadable();
        }
    }

    private Known known(Service service, Map<Long, Map<String, byte[]>> sealed) {
        return service.definition().suspended()
                ? new Known.Suspended(service.version())
                : new Known.Active(
                        service.version(),
                        checks.prepare(service, sealed.getOrDefault(service.id(), Map.of())),
                        Subject.of(service));
    }

    private static void tell(Map<Long, List<Reader>> batch, Map<Long, Known> read) {
        batch.forEach((id, readers) -> {
            Known known = read.get(id);
            if (known != null) {
                readers.forEach(reader -> reader.read(known));
            }
        });
    }

    private void keep(Map<Long, List<Reader>> batch) {
        batch.forEach((id, readers) ->
                readers.stream().filter(Reader::waitsOn).forEach(reader -> wanted.add(new Wanted(id, reader))));
    }
}
