package io.healthchecker.worker.check;

import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HeaderExpectation;
import io.healthchecker.crds.probe.HttpHeader;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.HttpProbeDraft;
import io.healthchecker.crds.probe.TcpProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A definition, said field by field. */
final class Wanted {
    /** Seconds that a check may take which is to end by itself: a machine that stands still for a while decides nothing. */
    static final int PATIENT = 60;

    private final String url;
    private final List<HttpHeader> headers = new ArrayList<>();
    private final List<HeaderExpectation> expectedHeaders = new ArrayList<>();
    private @Nullable String method;
    private @Nullable String body;
    private @Nullable List<String> status;
    private @Nullable String contains;
    private @Nullable String matches;
    private @Nullable Integer maxRedirects;
    private @Nullable Integer certificateDays;
    private @Nullable String verification;
    private Consumer<HttpProbeDraft> more = draft -> {};
    private int timeoutSeconds = PATIENT;
    private @Nullable Integer degradedAfterMillis;

    private Wanted(String url) {
        this.url = url;
    }

    static Wanted http(String url) {
        return new Wanted(url);
    }

    static Definition tcp(String host, int port) {
        return tcp(TcpProbe.of(host, port));
    }

    static Definition tcp(TcpProbe probe) {
        return Definition.of(probe).with(draft -> {
            draft.periodSeconds = 2 * PATIENT;
            draft.timeoutSeconds = PATIENT;
        });
    }

    Wanted method(String value) {
        method = value;
        return this;
    }

    Wanted body(String value) {
        body = value;
        return this;
    }

    Wanted header(String name, String value) {
        headers.add(HttpHeader.of(name, value));
        return this;
    }

    Wanted expectHeader(String name, String value) {
        expectedHeaders.add(new HeaderExpectation(name, value));
        return this;
    }

    Wanted status(String... values) {
        status = List.of(values);
        return this;
    }

    Wanted contains(String value) {
        contains = value;
        return this;
    }

    Wanted matches(String value) {
        matches = value;
        return this;
    }

    Wanted maxRedirects(int value) {
        maxRedirects = value;
        return this;
    }

    Wanted certificateDays(int value) {
        certificateDays = value;
        return this;
    }

    Wanted unverified() {
        verification = "None";
        return this;
    }

    /** Whatever else the probe is to say. */
    Wanted with(Consumer<HttpProbeDraft> change) {
        more = more.andThen(change);
        return this;
    }

    Wanted timeoutSeconds(int value) {
        timeoutSeconds = value;
        return this;
    }

    Wanted degradedAfterMillis(int value) {
        degradedAfterMillis = value;
        return this;
    }

    Definition definition() {
        var probe = HttpProbe.get(url).with(draft -> {
            draft.method = method;
            draft.headers = headers;
            draft.body = body;
            draft.expectedStatus = status;
            draft.expectedHeaders = expectedHeaders;
            draft.bodyContains = contains;
            draft.bodyMatches = matches;
            draft.maxRedirects = maxRedirects;
            draft.certificateExpiresInDays = certificateDays;
            draft.tlsVerification = verification;
            more.accept(draft);
        });
        return Definition.of(probe).with(draft -> {
            draft.periodSeconds = 2 * PATIENT;
            draft.timeoutSeconds = timeoutSeconds;
            draft.degradedAfterMillis = degradedAfterMillis;
        });
    }
}
