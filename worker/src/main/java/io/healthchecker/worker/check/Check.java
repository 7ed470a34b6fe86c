package io.healthchecker.worker.check;

import io.healthchecker.core.assertion.Facts;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.StepResult;
import io.healthchecker.core.job.Job;
import io.healthchecker.crds.Definition;
import io.healthchecker.worker.check.Judgement.Finding;
import io.healthchecker.worker.dial.Lane;
import io.healthchecker.worker.dial.PhaseClock;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Observation;
import io.healthchecker.worker.probe.Prober;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One version of a definition, ready to be checked as often as wanted, from any thread. */
public final class Check {
    private final Probers probers;
    private final Definition definition;
    private final Prober prober;
    private final Judgement judgement;

    Check(Probers probers, Definition definition, Prober prober, Judgement judgement) {
        this.probers = probers;
        this.definition = definition;
        this.prober = prober;
        this.judgement = judgement;
    }

    public Definition definition() {
        return definition;
    }

    /**
     * Checks now, late or not. The result comes within the definition's timeout, on a thread of the probers that must
     * not be made to wait; it never comes exceptionally.
     */
    public CompletionStage<CheckResult> run(Job job) {
        CompletableFuture<CheckResult> result = new CompletableFuture<>();
        begin(job, (came, _, _) -> result.complete(came));
        return result;
    }

    /** The same, with everything that the result was judged by. */
    public CompletionStage<Examined> examine(Job job) {
        CompletableFuture<Examined> examined = new CompletableFuture<>();
        begin(
                job,
                (came, seen, steps) -> examined.complete(
                        new Examined(came, judgement.rows(seen, came.latencyMicros()), facts(seen), steps)));
        return examined;
    }

    /** Who is told what came of a run. */
    private interface Told {
        void ended(CheckResult result, Observation seen, List<StepResult> steps);
    }

    private void begin(Job job, Told told) {
        Lane here = probers.lanes().here();
        if (here != null) {
            new Run(job, here, told).begin();
            return;
        }
        Lane lane = probers.lanes().next();
        lane.take(() -> new Run(job, lane, told).begin());
    }

    private static Facts facts(Observation seen) {
        return seen instanceof Observation.Answered answered ? answered.answer().facts() : Facts.NONE;
    }

    /** One run, on its lane's thread. */
    private final class Run implements Attempt.Observer {
        private final Job job;
        private final Lane lane;
        private final Told told;
        private final PhaseClock clock;
        private final int latenessMillis;
        private @Nullable Attempt attempt;

        Run(Job job, Lane lane, Told told) {
            this.job = job;
            this.lane = lane;
            this.told = told;
            this.clock = lane.begin();
            this.latenessMillis = Math.clamp(probers.ticker().epochMillis() - job.slot(), 0, Integer.MAX_VALUE);
        }

        void begin() {
            Attempt begun = new Attempt(lane, clock, definition.timeoutMillis(), this);
            attempt = begun;
            try {
                prober.probe(begun);
            } catch (RuntimeException e) {
                begun.unable("the probe could not be begun: " + e);
            }
        }

        @Override
        public void saw(Observation seen) {
            int latencyMicros = Math.clamp(clock.elapsedNanos() / 1_000, 0, Integer.MAX_VALUE);
            boolean slowWorker = lane.end(clock);
            List<StepResult> steps = attempt == null ? List.of() : attempt.stepResults();
            if (judgement.expensive(seen)) {
                probers.judges().execute(() -> judge(seen, steps, latencyMicros, slowWorker));
            } else {
                judge(seen, steps, latencyMicros, slowWorker);
            }
        }

        @Override
        public boolean isCurious() {
            return probers.certificates().due(job);
        }

        private void judge(Observation seen, List<StepResult> steps, int latencyMicros, boolean slowWorker) {
            probers.certificates().saw(job, facts(seen).certificate());
            Finding finding = judgement.of(seen, latencyMicros);
            told.ended(
                    new CheckResult(
                            job,
                            finding.outcome(),
                            finding.reason(),
                            latenessMillis,
                            latencyMicros,
                            seen.phases(),
                            finding.status(),
                            slowWorker,
                            finding.detail()),
                    seen,
                    steps);
        }
    }
}
