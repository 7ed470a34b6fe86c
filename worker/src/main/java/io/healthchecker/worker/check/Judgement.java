package io.healthchecker.worker.check;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.assertion.Expectations;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.probe.Observation;
import java.time.Instant;
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
        return expected.expensive() && seen instanceof Observation.Answered;
    }

    Finding of(Observation seen, int latencyMicros) {
        return switch (seen) {
            case Observation.Answered answered -> answered(answered.answer(), latencyMicros);
            case Observation.Failed failed ->
                new Finding(Outcome.DOWN, failed.reason(), failed.status(), failed.detail());
            case Observation.Unable unable -> new Finding(Outcome.UNKNOWN, Reason.WORKER_FAULT, 0, unable.detail());
        };
    }

    private Finding answered(Answer answer, int latencyMicros) {
        List<String> failures = expected.failures(answer, Instant.ofEpochMilli(ticker.epochMillis()));
        if (!failures.isEmpty()) {
            String detail = Excerpt.of(String.join("; ", failures));
            return new Finding(Outcome.DOWN, Reason.ASSERTION_FAILED, answer.status(), detail);
        }
        if (degradedAfterMillis != null && latencyMicros > 1_000L * degradedAfterMillis) {
            String detail = "%d ms; up to %d ms are expected".formatted(latencyMicros / 1_000, degradedAfterMillis);
            return new Finding(Outcome.DEGRADED, Reason.SLOW, answer.status(), detail);
        }
        return new Finding(Outcome.UP, Reason.OK, answer.status(), null);
    }
}
