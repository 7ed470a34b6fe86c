package io.healthchecker.worker.probe.http;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.assertion.Expectations;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.probe.HttpAuthentication;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.worker.dial.Connection;
import io.healthchecker.worker.dial.Dialer;
import io.healthchecker.worker.http1.Head;
import io.healthchecker.worker.http1.HeaderLine;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Passage;
import io.healthchecker.worker.probe.Prober;
import io.healthchecker.worker.probe.http.Chase.Errand;
import io.netty.channel.Channel;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sends a request over a new connection, follows redirects as far as wanted, and reads the answer as far as needed. */
public final class HttpProber implements Prober, Ending {
    static final int MAX_REDIRECTS = 10;

    private final Transit transit;
    private final boolean certificate;
    private final @Nullable String authorization;
    private final Errand errand;
    private final @Nullable AccessToken token;
    private final @Nullable Script script;

    /** What lies around probers: what makes requests, and where it is judged what takes milliseconds. */
    public record Surroundings(Dialer dialer, String userAgent, Executor judges, Ticker ticker) {}

    /**
     * Makes ready.
     *
     * @throws IllegalArgumentException if no request can be made of the probe, naming the field
     */
    public HttpProber(HttpProbe probe, Expectations expected, Surroundings surroundings) {
        HttpUrl url = HttpUrl.parse(Objects.requireNonNull(probe.url(), "http.url"));
        this.transit = new Transit(probe, url, surroundings.dialer(), surroundings.userAgent());
        this.certificate = expected.needCertificate();
        Request first = new Request(
                probe.method() == null ? "GET" : probe.method(), url, HeaderLine.of(probe.headers()), probe.body());
        HttpAuthentication authentication = probe.authentication();
        String known = authentication == null ? null : authorization(authentication);
        this.script = probe.steps() == null ? null : new Script(probe, expected, surroundings);
        this.authorization = known;
        Request sent = script == null && known != null ? first.with(new HeaderLine("Authorization", known)) : first;
        this.errand = new Errand(
                sent,
                sent.encode(transit.userAgent(), ""),
                probe.maxRedirects() == null ? MAX_REDIRECTS : probe.maxRedirects(),
                expected.needBody() || script != null);
        this.token = authentication == null || authentication.oauth2() == null
                ? null
                : new AccessToken(authentication.oauth2(), surroundings.ticker());
    }

    private static @Nullable String authorization(HttpAuthentication wanted) {
        if (wanted.basic() != null) {
            return Passage.basic(wanted.basic());
        }
        return wanted.bearer() == null ? null : "Bearer " + Passage.text(wanted.bearer());
    }

    @Override
    public void probe(Attempt attempt) {
        if (transit.flaw() != null) {
            attempt.unable(transit.flaw());
        } else if (token == null && script == null) {
            Chase chase = new Chase(transit, attempt, errand, null, this);
            attempt.busyWith(chase);
            chase.begin();
        } else {
            Journey journey =
                    new Journey(transit, attempt, errand, new Journey.Plan(authorization, token, script, this));
            attempt.busyWith(journey);
            journey.begin();
        }
    }

    @Override
    public void answered(Chase chase, Head head, byte[] body, Channel channel) {
        chase.attempt()
                .answered(new Answer(
                        chase.redirects(),
                        head.status(),
                        head.headers(),
                        body,
                        Connection.facts(channel, chase.attempt().looksAtCertificate(certificate))));
    }

    @Override
    public void failed(Chase chase, Reason reason, String detail) {
        chase.attempt().failed(reason, detail);
    }
}
