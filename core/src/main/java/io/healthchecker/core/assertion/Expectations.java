package io.healthchecker.core.assertion;

import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.crds.probe.GrpcProbe;
import io.healthchecker.crds.probe.HeaderExpectation;
import io.healthchecker.crds.probe.HeartbeatProbe;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.HttpStep;
import io.healthchecker.crds.probe.IcmpProbe;
import io.healthchecker.crds.probe.Probe;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.crds.probe.TlsProbe;
import io.healthchecker.crds.probe.WebsocketProbe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a definition expects of an answer: compiled once, asked of every answer. */
public final class Expectations {
    private final List<Expectation> all;
    private final boolean body;
    private final boolean certificate;
    private final boolean expensive;
    private final Assertions assertions;

    private Expectations(List<Expectation> all, boolean body, boolean certificate, boolean expensive) {
        this(all, body, certificate, expensive, Assertions.NONE);
    }

    private Expectations(
            List<Expectation> all, boolean body, boolean certificate, boolean expensive, Assertions assertions) {
        this.all = List.copyOf(all);
        this.body = body;
        this.certificate = certificate;
        this.expensive = expensive;
        this.assertions = assertions;
    }

    /**
     * Compiles what a definition expects, with its expressions.
     *
     * @throws IllegalArgumentException if it cannot be compiled, naming the field
     */
    public static Expectations of(Definition definition) {
        Probe probe = Objects.requireNonNull(definition.probe(), "a definition with exactly one probe");
        return of(probe).with(Assertions.of(definition, probe));
    }

    /**
     * Compiles what a probe expects, in its own fields.
     *
     * @throws IllegalArgumentException if it cannot be compiled, naming the field
     */
    public static Expectations of(Probe probe) {
        return switch (probe) {
            case HttpProbe http -> of(http);
            case GrpcProbe grpc -> of(certificate(grpc.certificateExpiresInDays()));
            case WebsocketProbe websocket -> of(certificate(websocket.certificateExpiresInDays()));
            case HeartbeatProbe _ -> new Expectations(List.of(), false, false, false);
            case TcpProbe tcp -> of(certificate(tcp.certificateExpiresInDays()));
            case DnsProbe dns -> new Expectations(DnsExpectations.of(dns), false, false, false);
            case IcmpProbe icmp -> new Expectations(roundTrip(icmp.rttMillisAllowed()), false, false, false);
            case TlsProbe tls -> new Expectations(TlsExpectations.of(tls), false, true, false);
        };
    }

    private static Expectations of(@Nullable Expectation certificate) {
        return new Expectations(
                certificate == null ? List.of() : List.of(certificate), false, certificate != null, false);
    }

    // where there are steps, each is judged before the next is made, and of the last answer nothing is left to ask
    private static Expectations of(HttpProbe http) {
        return http.steps() == null ? ofFirstRequest(http) : new Expectations(List.of(), true, false, false);
    }

    /** Compiles what is expected of the answer to a probe's own request, whether or not there are steps behind it. */
    public static Expectations ofFirstRequest(HttpProbe http) {
        return of(
                http.expectedStatus(),
                http.expectedHeaders(),
                certificate(http.certificateExpiresInDays()),
                http.bodyContains(),
                http.bodyMatches());
    }

    /**
     * Compiles what is expected of the answer to a step, with its expressions.
     *
     * @throws IllegalArgumentException if it cannot be compiled, naming the field
     */
    public static Expectations of(HttpProbe http, HttpStep step) {
        Expectations simple =
                of(step.expectedStatus(), step.expectedHeaders(), null, step.bodyContains(), step.bodyMatches());
        return simple.with(Assertions.ofStep(http, step.assertions()));
    }

    private Expectations with(Assertions others) {
        return new Expectations(
                all, body || others.needBody(), certificate || others.needCertificate(), expensive, others);
    }

    private static Expectations of(
            @Nullable List<String> status,
            @Nullable List<HeaderExpectation> headers,
            @Nullable Expectation certificate,
            @Nullable String contains,
            @Nullable String matches) {
        List<Expectation> all = new ArrayList<>();
        all.add(StatusExpectation.of(status));
        if (headers != null) {
            headers.forEach(header -> all.add(HeaderContains.of(header)));
        }
        if (certificate != null) {
            all.add(certificate);
        }
        if (contains != null) {
            all.add(new BodyContains(contains));
        }
        if (matches != null) {
            all.add(BodyMatches.compile(matches));
        }
        boolean body = contains != null || matches != null;
        return new Expectations(all, body, certificate != null, matches != null);
    }

    private static List<Expectation> roundTrip(@Nullable Integer millis) {
        if (millis == null) {
            return List.of();
        }
        return List.of((answer, _) -> {
            PingFacts ping = answer.facts().ping();
            return ping == null || ping.meanMicros() <= 1_000L * millis
                    ? null
                    : "round trip (%d ms) took longer than %d ms".formatted(ping.meanMicros() / 1_000, millis);
        });
    }

    private static @Nullable Expectation certificate(@Nullable Integer days) {
        return days == null ? null : new CertificateLasts(days);
    }

    /** Everything that is wrong with an answer, with the values filled in; empty if it is as expected. */
    public List<String> failures(Answer answer, Instant now) {
        List<String> failures = List.of();
        for (Expectation expectation : all) {
            String failure = expectation.failure(answer, now);
            if (failure != null) {
                failures = failures.isEmpty() ? new ArrayList<>(2) : failures;
                failures.add(failure);
            }
        }
        return failures;
    }

    /** Whether the body is looked at. */
    public boolean needBody() {
        return body;
    }

    /** Whether the certificate is looked at. */
    public boolean needCertificate() {
        return certificate;
    }

    /** What is asked of it in expressions. */
    public Assertions assertions() {
        return assertions;
    }

    /** Whether asking may take milliseconds, so that it is not done where others wait. */
    public boolean expensive(Answer answer) {
        return expensive || assertions.expensive(answer);
    }
}
