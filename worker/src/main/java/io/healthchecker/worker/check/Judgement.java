package io.healthchecker.worker.check;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.assertion.Assertions;
import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.assertion.Expectations;
import io.healthchecker.core.assertion.Scene;
import io.healthchecker.core.assertion.Summary;
import io.healthchecker.core.assertion.Timing;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.probe.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a definition says to what was seen. */
record Judgement(Expectations expected, @Nullable Integer degradedAfterMillis, Ticker ticker) {

    /** Outcome, its reason, and the text that explains it. */
    record Finding(
            Outcome outcome,
            Reason reason,
            int status,
            @Nullable String detail) {}

    /** Whether judging may take milliseconds, so that it is not done on a lane. */
    boolean expensive(Observation seen) {
        return seen instanceof Observation.Answered answered && expected.expensive(answered.answer());
    }

    Finding of(Observation seen, int latencyMicros) {
        return switch (seen) {
            case Observation.Answered answered -> answered(answered.answer(), answered.phases(), latencyMicros);
            case Observation.Failed failed ->
                new Finding(Outcome.DOWN, failed.reason(), failed.status(), failed.detail());
            case Observation.Unable unable -> new Finding(Outcome.UNKNOWN, unable.reason(), 0, unable.detail());
        };
    }

    private Finding answered(Answer answer, PhaseTimes phases, int latencyMicros) {
        Scene scene = scene(answer, phases, latencyMicros);
        List<String> failures = new ArrayList<>(expected.failures(answer, scene.now()));
        failures.addAll(expected.assertions().failures(scene));
        if (!failures.isEmpty()) {
            String detail = Excerpt.of(String.join("; ", failures));
            return new Finding(Outcome.DOWN, Reason.ASSERTION_FAILED, answer.status(), detail);
        }
        if (degradedAfterMillis != null && latencyMicros > 1_000L * degradedAfterMillis) {
            String detail = "%d ms; up to %d ms are expected".formatted(latencyMicros / 1_000, degradedAfterMillis);
            return new Finding(Outcome.DEGRADED, Reason.SLOW, answer.status(), detail);
        }
        List<String> degradations = expected.assertions().degradations(scene);
        if (!degradations.isEmpty()) {
            String detail = Excerpt.of(String.join("; ", degradations));
            return new Finding(Outcome.DEGRADED, Reason.DEGRADED_WHEN, answer.status(), detail);
        }
        return new Finding(Outcome.UP, Reason.OK, answer.status(), Summary.of(answer));
    }

    /** Every assertion with what it comes to; empty where there was no answer. */
    List<Assertions.Row> rows(Observation seen, int latencyMicros) {
        return seen instanceof Observation.Answered answered
                ? expected.assertions().rows(scene(answered.answer(), answered.phases(), latencyMicros))
                : List.of();
    }

    private Scene scene(Answer answer, PhaseTimes phases, int latencyMicros) {
        Timing timing = new Timing(
                latencyMicros,
                phases.dnsMicros(),
                phases.connectMicros(),
                phases.tlsMicros(),
                phases.firstByteMicros(),
                phases.transferMicros());
        return new Scene(answer, timing, Instant.ofEpochMilli(ticker.epochMillis()));
    }
}
