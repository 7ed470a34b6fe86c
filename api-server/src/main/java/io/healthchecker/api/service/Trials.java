package io.healthchecker.api.service;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.ProblemType;
import io.healthchecker.core.check.Trial;
import io.healthchecker.core.check.TrialStream;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Definitions that are tried out and not stored, so many at a time: each waits on a connection of its own. */
final class Trials implements AutoCloseable {
    private static final int AT_ONCE = 16;
    private static final long PATIENCE_MILLIS = 5_000;
    private static final long LOOK_MILLIS = 2_000;

    private final Supplier<TrialStream> connect;
    private final Ticker ticker;
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private final ConcurrentLinkedQueue<TrialStream> idle = new ConcurrentLinkedQueue<>();

    Trials(Supplier<TrialStream> connect, Ticker ticker) {
        this.connect = connect;
        this.ticker = ticker;
    }

    /** What a worker found; waits for it. */
    Trial.Answer run(int teamId, Definition definition) {
        if (!permits.tryAcquire()) {
            throw new ProblemException(
                            ProblemType.TOO_MANY_REQUESTS, "%d trials are awaited here; try again".formatted(AT_ONCE))
                    .withHeader("Retry-After", "1");
        }
        try {
            TrialStream stream = stream();
            try {
                return ask(stream, teamId, definition)
                        .orElseThrow(() -> new ProblemException(
                                ProblemType.UNAVAILABLE, "no worker answered in time; GET /api/v1/system shows them"));
            } finally {
                idle.add(stream);
            }
        } catch (RedisException away) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "the queue does not answer at the moment; try again")
                    .withHeader("Retry-After", "5");
        } finally {
            permits.release();
        }
    }

    private Optional<Trial.Answer> ask(TrialStream stream, int teamId, Definition definition) {
        long deadline = ticker.epochMillis() + definition.timeoutMillis() + PATIENCE_MILLIS;
        var trial = new Trial(UUID.randomUUID().toString(), teamId, definition, deadline);
        stream.ask(trial);
        while (true) {
            long left = deadline - ticker.epochMillis();
            if (left <= 0) {
                return Optional.empty();
            }
            Optional<Trial.Answer> answer =
                    stream.answer(trial.id(), Duration.ofMillis(Math.max(1, Math.min(left, LOOK_MILLIS))));
            if (answer.isPresent()) {
                return answer;
            }
        }
    }

    private TrialStream stream() {
        @Nullable TrialStream ready = idle.poll();
        return ready == null ? connect.get() : ready;
    }

    @Override
    public void close() {
        idle.forEach(TrialStream::close);
    }
}
