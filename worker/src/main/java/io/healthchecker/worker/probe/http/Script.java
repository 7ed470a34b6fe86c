package io.healthchecker.worker.probe.http;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.assertion.Assertions;
import io.healthchecker.core.assertion.Expectations;
import io.healthchecker.core.assertion.Facts;
import io.healthchecker.core.assertion.Scene;
import io.healthchecker.core.assertion.Timing;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.probe.Capture;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.HttpStep;
import io.healthchecker.worker.dial.Connection;
import io.healthchecker.worker.http1.Head;
import io.healthchecker.worker.probe.http.Chase.Errand;
import io.netty.channel.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The steps of a definition: what each is to send, and what is expected of and taken from each answer. */
final class Script {
    private final Part first;
    private final List<Step> steps;
    private final Executor judges;
    private final Ticker ticker;
    private final boolean certificate;

    /** What is done with one answer. */
    private record Part(Expectations expected, List<Catch> catches) {
        static Part of(Expectations expected, @Nullable List<Capture> capture) {
            return new Part(
                    expected,
                    capture == null
                            ? List.of()
                            : capture.stream().map(Catch::new).toList());
        }
    }

    private record Step(HttpStep wanted, StepRequest request, Part part) {}

    /** @param last what is expected of the last answer beside all this */
    Script(HttpProbe probe, Expectations last, HttpProber.Surroundings surroundings) {
        Expectations expected = Expectations.ofFirstRequest(probe);
        this.first = Part.of(expected, probe.capture());
        List<Step> made = new ArrayList<>();
        List<HttpStep> wanted = probe.steps() == null ? List.of() : probe.steps();
        wanted.forEach(step ->
                made.add(new Step(step, new StepRequest(step), Part.of(Expectations.of(probe, step), step.capture()))));
        this.steps = List.copyOf(made);
        this.certificate = expected.needCertificate()
                || last.needCertificate()
                || made.stream().anyMatch(step -> step.part.expected.needCertificate());
        this.judges = surroundings.judges();
        this.ticker = surroundings.ticker();
    }

    /** The request of a step, seen from the address of the one before. */
    Errand errand(int step, HttpUrl from, List<Captured> captured) {
        Step next = steps.get(step);
        Integer maxRedirects = next.wanted.maxRedirects();
        return new Errand(
                next.request.of(from, captured),
                null,
                maxRedirects == null ? HttpProber.MAX_REDIRECTS : maxRedirects,
                true);
    }

    /** Such as {@code step 2 of 3, login}; the definition's own request is the first. */
    String place(int step) {
        return step < 0
                ? "step 1 of %d".formatted(steps.size() + 1)
                : "step %d of %d, %s"
                        .formatted(
                                step + 2,
                                steps.size() + 1,
                                steps.get(step).wanted.name());
    }

    /** The name of a step; the definition's own request has none of its own. */
    String name(int step) {
        return step < 0 ? "request" : String.valueOf(steps.get(step).wanted.name());
    }

    /** Judges an answer where that holds nobody up, and lets the journey go on from there. */
    void judge(Journey journey, Chase done, Head head, byte[] body, Channel channel) {
        Map<String, String> known = values(journey.captured());
        Facts facts = Connection.facts(channel, journey.attempt().looksAtCertificate(certificate))
                .withCaptures(known);
        channel.close();
        Answer answer = new Answer(done.redirects(), head.status(), head.headers(), body, facts);
        PhaseTimes phases = journey.attempt().steps().answered(head.status());
        Scene scene = new Scene(answer, timing(phases), Instant.ofEpochMilli(ticker.epochMillis()));
        try {
            judges.execute(() -> judge(journey, done, scene));
        } catch (RejectedExecutionException e) {
            journey.attempt().unable("the worker is closing");
        }
    }

    private static Timing timing(PhaseTimes phases) {
        long latency = IntStream.of(
                        phases.dnsMicros(),
                        phases.connectMicros(),
                        phases.tlsMicros(),
                        phases.firstByteMicros(),
                        phases.transferMicros())
                .filter(micros -> micros != PhaseTimes.NONE)
                .sum();
        return new Timing(
                latency,
                phases.dnsMicros(),
                phases.connectMicros(),
                phases.tlsMicros(),
                phases.firstByteMicros(),
                phases.transferMicros());
    }

    private void judge(Journey journey, Chase done, Scene scene) {
        int step = journey.step();
        Part part = step < 0 ? first : steps.get(step).part;
        List<String> failures = new ArrayList<>(part.expected.failures(scene.answer(), scene.now()));
        failures.addAll(part.expected.assertions().failures(scene));
        List<Assertions.Row> rows = part.expected.assertions().rows(scene);
        List<Captured> values = new ArrayList<>();
        try {
            if (failures.isEmpty()) {
                part.catches.forEach(one -> values.add(one.from(scene.answer())));
            }
        } catch (IllegalArgumentException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
        String failure = String.join("; ", failures);
        journey.attempt().lane().loop().execute(() -> {
            journey.attempt().steps().judged(rows);
            if (!failure.isEmpty()) {
                journey.failed(Reason.ASSERTION_FAILED, failure);
            } else if (step + 1 < steps.size()) {
                journey.passed(done, values);
            } else {
                end(journey, scene.answer(), values);
            }
        });
    }

    private static void end(Journey journey, Answer last, List<Captured> values) {
        if (journey.over()) {
            return;
        }
        journey.end();
        Map<String, String> all = values(journey.captured());
        all.putAll(values(values));
        journey.attempt()
                .answered(new Answer(
                        last.redirects(),
                        last.status(),
                        last.headers(),
                        last.body(),
                        last.facts().withCaptures(all)));
    }

    private static Map<String, String> values(List<Captured> captured) {
        Map<String, String> values = new HashMap<>();
        captured.forEach(value -> values.put(value.name(), value.value()));
        return values;
    }
}
