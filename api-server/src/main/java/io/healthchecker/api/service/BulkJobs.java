package io.healthchecker.api.service;

import io.healthchecker.api.look.LastLook;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.ProblemType;
import io.healthchecker.core.service.Service;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** More services than one request may change, changed in the background: one job after the other, told of as it goes. */
final class BulkJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BulkJobs.class);
    private static final int WAITING = 8;
    private static final int AT_ONCE = 50;

    private final Bulk bulk;
    private final BulkJobTable table;
    private final Set<Long> unended = ConcurrentHashMap.newKeySet(); // under way or waiting here
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("bulk-jobs").factory());

    BulkJobs(Bulk bulk, BulkJobTable table) {
        this.bulk = bulk;
        this.table = table;
    }

    /** Begins a job; returns at once. */
    BulkJobTable.Row start(int teamId, List<Service> services, Consumer<Service> change) {
        long id = table.insert(teamId, services.size());
        unended.add(id);
        try {
            executor.execute(() -> run(id, services, change));
        } catch (RejectedExecutionException full) {
            unended.remove(id);
            table.end(id);
            throw new ProblemException(ProblemType.TOO_MANY_REQUESTS, "%d jobs wait here; try again".formatted(WAITING))
                    .withHeader("Retry-After", "10");
        }
        return find(teamId, id);
    }

    private void run(long id, List<Service> services, Consumer<Service> change) {
        try {
            for (int from = 0; from < services.size() && !executor.isShutdown(); from += AT_ONCE) {
                List<Service> some = services.subList(from, Math.min(from + AT_ONCE, services.size()));
                table.tell(id, bulk.apply(some, change));
                table.see(unended);
            }
            table.end(id);
        } catch (RuntimeException away) {
            LOG.warn("job {} ends before all of its services were changed", id, away);
        } finally {
            unended.remove(id);
        }
    }

    BulkJobTable.Row find(int teamId, long id) {
        return table.find(teamId, id)
                .orElseThrow(() -> ProblemException.notFound("there is no job %d in this team".formatted(id)));
    }

    @Override
    public void close() {
        LastLook.end(executor);
    }
}
