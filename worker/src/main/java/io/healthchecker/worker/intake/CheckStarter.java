package io.healthchecker.worker.intake;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.service.Service;
import io.healthchecker.crds.Definition;
import java.util.concurrent.CompletionStage;

/** A definition that is ready to be checked, again and again. */
public interface CheckStarter {
    /**
     * Begins the check of a job now and does not wait for it. The result comes within the definition's timeout and a
     * little more; a failure counts as the worker's own.
     */
    CompletionStage<CheckResult> start(Job job);

    /** Makes definitions ready. */
    interface Source {
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
