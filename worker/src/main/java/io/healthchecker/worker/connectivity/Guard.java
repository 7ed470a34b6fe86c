package io.healthchecker.worker.connectivity;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.worker.intake.CheckStarter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A check that asks the witnesses before it says that somebody is down whom it could not reach. */
public record Guard(CheckStarter check, Witnesses witnesses) implements CheckStarter {
    @Override
    public CompletionStage<CheckResult> start(Job job) {
        return check.start(job).thenCompose(this::judged);
    }

    @Override
    public CompletionStage<Tried> tryOut(Job job) {
        return check.tryOut(job)
                .thenCompose(tried -> judged(tried.result()).thenApply(result -> new Tried(result, tried.steps())));
    }

    private CompletionStage<CheckResult> judged(CheckResult result) {
        if (result.outcome() != Outcome.DOWN || !Witnesses.isOfTheWay(result.reason())) {
            return CompletableFuture.completedFuture(result);
        }
        return witnesses.reachable().thenApply(reached -> reached ? result : excused(result));
    }

    private static CheckResult excused(CheckResult result) {
        String seen = result.detail() == null ? result.reason().name() : result.reason() + ": " + result.detail();
        return new CheckResult(
                result.job(),
                Outcome.UNKNOWN,
                Reason.NO_CONNECTIVITY,
                result.latenessMillis(),
                result.latencyMicros(),
                result.phases(),
                0,
                result.slowWorker(),
                "this worker reached none of its witnesses; it saw " + seen);
    }
}
