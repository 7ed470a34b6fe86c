package io.healthchecker.api.service;

import io.healthchecker.api.look.LastLook;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.ProblemType;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.job.JobStream;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import io.lettuce.core.RedisException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Checks that a person asks for: sent to the workers at once, and their results waited for, so many at a time. */
final class ChecksNow implements AutoCloseable {
    private static final int LOCATION = 1; // the only one from which jobs are made so far
    private static final int AT_ONCE = 64;
    private static final long LOOK_MILLIS = 50;
    private static final long PATIENCE_MILLIS = 5_000;

    private final Supplier<JobStream> connect;
    private final CheckResultTable results;
    private final Ticker ticker;
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("checks-now").factory());
    private @Nullable JobStream jobs;

    /** Connects at the first check. */
    ChecksNow(Supplier<JobStream> connect, CheckResultTable results, Ticker ticker) {
        this.connect = connect;
        this.results = results;
        this.ticker = ticker;
    }

    /** A check under way: when it was due, and its result, which is empty if none comes in time. */
    record Started(long slot, CompletableFuture<Optional<CheckResult>> result) {}

    Started start(Service service) {
        if (!permits.tryAcquire()) {
            throw new ProblemException(
                            ProblemType.TOO_MANY_REQUESTS, "%d checks are awaited here; try again".formatted(AT_ONCE))
                    .withHeader("Retry-After", "1");
        }
        long slot =
                Cadence.of(service.id(), service.definition().periodMillis()).besideSlots(ticker.epochMillis());
        var awaited = new CompletableFuture<Optional<CheckResult>>();
        awaited.whenComplete((result, failure) -> permits.release());
        long patience = service.definition().timeoutMillis() + PATIENCE_MILLIS;
        long deadline = ticker.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience);
        try {
            jobs().append(new Job(service.id(), slot, LOCATION, service.version(), JobKind.MANUAL))
                    .whenComplete((sent, failure) -> {
                        if (failure == null) {
                            look(service.id(), slot, deadline, awaited);
                        } else {
                            awaited.completeExceptionally(queueAway());
                        }
                    });
        } catch (RedisException away) {
            awaited.completeExceptionally(queueAway());
        }
        return new Started(slot, awaited);
    }

    private void look(long serviceId, long slot, long deadline, CompletableFuture<Optional<CheckResult>> awaited) {
        looking.schedule(
                () -> {
                    Optional<CheckResult> result = find(serviceId, slot);
                    if (result.isPresent() || ticker.nanoTime() - deadline >= 0) {
                        awaited.complete(result);
                    } else {
                        look(serviceId, slot, deadline, awaited);
                    }
                },
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private Optional<CheckResult> find(long serviceId, long slot) {
        try {
            return results.before(serviceId, slot + 1, 1).stream()
                    .filter(result -> result.job().slot() == slot)
                    .findFirst();
        } catch (DataAccessException away) {
            return Optional.empty(); // it may be back before the time is up
        }
    }

    private static ProblemException queueAway() {
        return new ProblemException(ProblemType.UNAVAILABLE, "the queue does not answer at the moment; try again")
                .withHeader("Retry-After", "5");
    }

    private synchronized JobStream jobs() {
        if (jobs == null) {
            jobs = connect.get();
        }
        return jobs;
    }

    @Override
    public void close() {
        LastLook.end(looking);
        disconnect();
    }

    private synchronized void disconnect() {
        if (jobs != null) {
            jobs.close();
        }
    }
}
