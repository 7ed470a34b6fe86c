package io.healthchecker.worker.trial;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.check.Trial;
import io.healthchecker.core.check.Trial.Answer;
import io.healthchecker.core.check.TrialStream;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.intake.CheckStarter;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers trials, a few at once. It runs on a thread of its own. */
public final class Trials implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Trials.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int AT_ONCE = 32;

    private final TrialStream stream;
    private final CheckStarter.Source checks;
    private final int locationId;
    private final Ticker ticker;
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private volatile boolean isRunning = true;

    public Trials(TrialStream stream, CheckStarter.Source checks, int locationId, Ticker ticker) {
        this.stream = stream;
        this.checks = checks;
        this.locationId = locationId;
        this.ticker = ticker;
    }

    @Override
    public void run() {
        while (isRunning) {
            try {
                if (permits.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    stream.take(LOOK).ifPresentOrElse(this::begin, permits::release);
                }
            } catch (RedisException e) {
                permits.release();
                LockSupport.parkNanos(LOOK.toNanos());
            } catch (InterruptedException e) {
                return; // told to end
            }
        }
    }

    /** Takes no more. */
    public void stop() {
        isRunning = false;
    }

    private void begin(Trial trial) {
        long now = ticker.epochMillis();
        if (now > trial.deadline()) {
            permits.release();
            return;
        }
        Job job = new Job(0, now, locationId, 0, JobKind.MANUAL);
        start(trial, job).whenComplete((tried, failure) -> {
            permits.release();
            if (failure != null) {
                LOG.warn("trial failed cause={}", failure.toString());
            }
            stream.answer(
                    trial.id(),
                    tried == null
                            ? Answer.of(CheckResult.unknown(job, Reason.WORKER_FAULT, 0, null), List.of())
                            : Answer.of(tried.result(), tried.steps()));
        });
    }

    private CompletionStage<CheckStarter.Tried> start(Trial trial, Job job) {
        try {
            return checks.prepare(trial.teamId(), trial.definition()).tryOut(job);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }
}
