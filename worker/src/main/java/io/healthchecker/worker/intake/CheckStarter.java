package io.healthchecker.worker.intake;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.StepResult;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.service.Service;
import io.healthchecker.crds.Definition;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A definition that is ready to be checked, again and again. */
public interface CheckStarter {
    /**
     * Begins the check of a job now and does not wait for it. The result comes within the definition's timeout and a
     * little more; a failure counts as the worker's own.
     */
    CompletionStage<CheckResult> start(Job job);

    /**
     * What somebody sees who tries a definition out.
     *
     * @param steps where the check takes several, what became of each that was begun
     */
    record Tried(CheckResult result, List<StepResult> steps) {}

    /** The same for somebody who looks on. */
    default CompletionStage<Tried> tryOut(Job job) {
        return start(job).thenApply(result -> new Tried(result, List.of()));
    }

    /** Makes definitions ready. */
    interface Source {
        /** Where checks are best begun, some together. */
        default Executor executor() {
            return Runnable::run;
        }

        /**
         * Makes a definition ready.
         *
         * @throws IllegalArgumentException if it cannot be checked
         */
        CheckStarter prepare(Definition definition);

        /**
         * Makes a definition ready that a team wants to try out.
         *
         * @throws IllegalArgumentException if it cannot be checked
         */
        default CheckStarter prepare(int teamId, Definition definition) {
            return prepare(definition);
        }

        /**
         * Makes a stored service ready.
         *
         * @param definition of the service, with the values of its secrets
         * @throws IllegalArgumentException if it cannot be checked
         */
        default CheckStarter prepare(Service service, Definition definition) {
            return prepare(definition);
        }
    }
}
