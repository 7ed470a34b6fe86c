package io.healthchecker.worker.probe.http;

import io.healthchecker.core.assertion.Expectations;
import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.worker.dial.Dialer;
import io.healthchecker.worker.dial.Target;
import io.healthchecker.worker.dial.Target.Encryption;
import io.healthchecker.worker.http1.HeaderLine;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Prober;
import java.util.Objects;

/** Sends a request over a new connection, follows redirects as far as wanted, and reads the answer as far as needed. */
public final class HttpProber implements Prober {
    private static final int MAX_REDIRECTS = 10;

    private final Dialer dialer;
    private final String userAgent;
    private final Expectations expected;
    private final Request first;
    private final byte[] encodedFirst;
    private final boolean verified;
    private final int maxRedirects;

    /**
     * Makes ready.
     *
     * @throws IllegalArgumentException if no request can be made of the probe, naming the field
     */
    public HttpProber(HttpProbe probe, Expectations expected, Dialer dialer, String userAgent) {
        this.dialer = dialer;
        this.userAgent = userAgent;
        this.expected = expected;
        this.verified = !"None".equals(probe.tlsVerification());
        this.maxRedirects = probe.maxRedirects() == null ? MAX_REDIRECTS : probe.maxRedirects();
        this.first = new Request(
                probe.method() == null ? "GET" : probe.method(),
                HttpUrl.parse(Objects.requireNonNull(probe.url(), "http.url")),
                HeaderLine.of(probe.headers()),
                probe.body());
        this.encodedFirst = first.encode(userAgent, "");
    }

    @Override
    public void probe(Attempt attempt) {
        Chase chase = new Chase(this, attempt, first);
        attempt.busyWith(chase);
        chase.begin();
    }

    Target target(HttpUrl url) {
        return new Target(url.host(), url.port(), url.tls() ? new Encryption(url.host(), verified) : null);
    }

    Dialer dialer() {
        return dialer;
    }

    String userAgent() {
        return userAgent;
    }

    Expectations expected() {
        return expected;
    }

    byte[] encodedFirst() {
        return encodedFirst;
    }

    int maxRedirects() {
        return maxRedirects;
    }
}
