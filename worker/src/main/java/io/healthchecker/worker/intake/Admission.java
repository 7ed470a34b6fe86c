package io.healthchecker.worker.intake;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.commit.Finished;
import io.healthchecker.worker.commit.ResultWriters;
import io.healthchecker.worker.intake.Known.Active;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a job: at once when it is delivered, and at its slot. */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final long MOST_DELIVERIES = 3;

    private final InFlight inFlight;
    private final Definitions definitions;
    private final ResultWriters results;
    private final Watch watch;

    Admission(InFlight inFlight, Definitions definitions, ResultWriters results, Watch watch) {
        this.inFlight = inFlight;
        this.definitions = definitions;
        this.results = results;
        this.watch = watch;
    }

    /** What it is watched by. */
    record Watch(IntakeMetrics metrics, Ticker ticker) {
        long now() {
            return ticker.epochMillis();
        }
    }

    /** Takes a delivery in; returns its job if that is to be held until its slot. */
    @Nullable
    Job admit(Delivery delivery) {
        Job job = delivery.job();
        if (job == null || LateRule.isAbsurd(job.slot(), watch.now())) {
            watch.metrics.refused(job == null ? "unreadable" : "slot");
            inFlight.done(List.of(delivery));
            return null;
        }
        return switch (inFlight.take(job, delivery)) {
            case SAME -> null;
            case DOUBLE -> {
                watch.metrics.refused("double");
                inFlight.done(List.of(delivery));
                yield null;
            }
            case NEW -> {
                if (delivery.deliveries() > MOST_DELIVERIES) {
                    LOG.error(
                            "job poisoned service={} slot={} deliveries={}",
                            job.serviceId(),
                            job.slot(),
                            delivery.deliveries());
                    end(delivery, unknown(job, Reason.POISONED, null), null);
                    yield null;
                }
                if (definitions.find(job.serviceId(), job.version()) == null) {
                    definitions.prefetch(job.serviceId());
                }
                yield job;
            }
        };
    }

    /** The slot of a job has come. */
    void begin(Delivery delivery) {
        Job job = Objects.requireNonNull(delivery.job());
        Known known = definitions.find(job.serviceId(), job.version());
        if (known != null) {
            begin(delivery, job, known);
            return;
        }
        definitions.read(job.serviceId(), new Definitions.Reader() {
            @Override
            public void read(Known read) {
                begin(delivery, job, read);
            }

            @Override
            public boolean waitsOn() {
                if (!LateRule.isLateForAll(job.slot(), watch.now())) {
                    return true;
                }
                end(delivery, unknown(job, Reason.LATE, null), null);
                return false;
            }
        });
    }

    private void begin(Delivery delivery, Job job, Known known) {
        switch (known) {
            case Active active -> begin(delivery, job, active);
            case Known.Suspended _ -> drop(delivery, job, "suspended");
            case Known.Gone _ -> drop(delivery, job, "gone");
            case Known.Unreadable _ ->
                end(
                        delivery,
                        unknown(job, Reason.WORKER_FAULT, "This worker cannot read the definition of the service."),
                        null);
        }
    }

    private void begin(Delivery delivery, Job job, Active active) {
        if (LateRule.isLate(job.slot(), watch.now(), active.subject().cadence().periodMillis())) {
            end(delivery, unknown(job, Reason.LATE, null), active);
            return;
        }
        watch.metrics.began(lateness(job));
        start(job, active).whenComplete((result, failure) -> {
            if (failure != null) {
                LOG.error("check failed service={} slot={}", job.serviceId(), job.slot(), failure);
            }
            end(delivery, result == null ? fault(job) : result, active);
        });
    }

    private static CompletionStage<CheckResult> start(Job job, Active active) {
        try {
            return active.check().start(job);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void end(Delivery delivery, CheckResult result, @Nullable Active active) {
        if (inFlight.end(result.job())) {
            watch.metrics.ended(result);
            var finished = new Finished(delivery, result, active == null ? null : active.subject());
            if (!results.offer(finished, active != null && active.urgency().of(result))) {
                inFlight.forget(delivery);
            }
        }
    }

    private void drop(Delivery delivery, Job job, String why) {
        if (inFlight.end(job)) {
            watch.metrics.refused(why);
            inFlight.done(List.of(delivery));
        }
    }

    private CheckResult fault(Job job) {
        return unknown(job, Reason.WORKER_FAULT, null);
    }

    private CheckResult unknown(Job job, Reason reason, @Nullable String detail) {
        return CheckResult.unknown(job, reason, lateness(job), detail);
    }

    private int lateness(Job job) {
        return Math.clamp(watch.now() - job.slot(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
