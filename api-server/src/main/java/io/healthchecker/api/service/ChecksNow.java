package io.healthchecker.api.service;

import io.healthchecker.api.job.PromptJobs;
import io.healthchecker.api.job.PromptJobs.Asked;
import io.healthchecker.api.look.LastLook;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.ProblemType;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;

/** Checks that a person asks for: sent to the workers at once, and their results waited for, so many at a time. */
final class ChecksNow implements AutoCloseable {
    private static final int AT_ONCE = 64;
    private static final long LOOK_MILLIS = 50;
    private static final long PATIENCE_MILLIS = 5_000;

    private final PromptJobs jobs;
    private final CheckResultTable results;
    private final Ticker ticker;
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("checks-now").factory());

    ChecksNow(PromptJobs jobs, CheckResultTable results, Ticker ticker) {
        this.jobs = jobs;
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
        var awaited = new CompletableFuture<Optional<CheckResult>>();
        awaited.whenComplete((result, failure) -> permits.release());
        long patience = service.definition().timeoutMillis() + PATIENCE_MILLIS;
        long deadline = ticker.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience);
        Asked asked = jobs.ask(service, ticker.epochMillis());
        asked.sent().whenComplete((sent, failure) -> {
            if (failure == null) {
                look(service.id(), asked.slot(), deadline, awaited);
            } else {
                awaited.completeExceptionally(queueAway());
            }
        });
        return new Started(asked.slot(), awaited);
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

    @Override
    public void close() {
        LastLook.end(looking);
    }
}
