package io.healthchecker.worker.probe.http;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.worker.dial.Caller;
import io.healthchecker.worker.dial.Connection;
import io.healthchecker.worker.dial.Dial;
import io.healthchecker.worker.http1.Head;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Undertaking;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One check from the first request to the last answer, after the redirects between them. */
final class Chase implements Caller, Undertaking {
    private final HttpProber prober;
    private final Attempt attempt;
    private final List<Integer> redirects = new ArrayList<>(0);
    private Request request;
    private @Nullable CookieJar jar;
    private @Nullable Dial dial;
    private @Nullable Exchange exchange;

    Chase(HttpProber prober, Attempt attempt, Request first) {
        this.prober = prober;
        this.attempt = attempt;
        this.request = first;
    }

    void begin() {
        exchange = null;
        dial = prober.dialer().dial(attempt.lane(), prober.target(request.url()), attempt.clock(), this);
    }

    @Override
    public void connected(Channel channel) {
        exchange = new Exchange(
                attempt,
                channel,
                this,
                request.method().equals("HEAD"),
                prober.expected().needBody());
        exchange.send(
                jar == null ? prober.encodedFirst() : request.encode(prober.userAgent(), jar.header(request.url())));
    }

    /** Whether an answer is a redirect to follow, rather than one to judge. */
    boolean follows(Head head) {
        return switch (head.status()) {
            case 301, 302, 303, 307, 308 -> prober.maxRedirects() > 0 && head.first("location") != null;
            default -> false;
        };
    }

    void redirected(Head head) {
        redirects.add(head.status());
        if (redirects.size() > prober.maxRedirects()) {
            attempt.failed(
                    Reason.TOO_MANY_REDIRECTS, "more than %d redirects: %s".formatted(prober.maxRedirects(), chain()));
            return;
        }
        if (jar == null) {
            jar = new CookieJar();
        }
        jar.take(request.url(), head.headers());
        String location = Objects.requireNonNull(head.first("location"));
        HttpUrl to;
        try {
            to = Location.resolve(request.url(), location);
        } catch (IllegalArgumentException e) {
            attempt.failed(
                    Reason.REDIRECT_INVALID,
                    "Location is \"%s\"; %s".formatted(Location.shown(location), e.getMessage()));
            return;
        }
        request = request.redirected(head.status(), to);
        begin();
    }

    void answered(Head head, byte[] body, Channel channel) {
        attempt.answered(new Answer(
                redirects,
                head.status(),
                head.headers(),
                body,
                Connection.facts(channel, prober.expected().needCertificate())));
    }

    @Override
    public void failed(Reason reason, String detail) {
        // a dial says where it was; an exchange does not
        String where = exchange == null ? "" : " " + whereabouts();
        attempt.failed(reason, exchange == null && !redirects.isEmpty() ? detail + following() : detail + where);
    }

    @Override
    public void unable(String detail) {
        attempt.unable(detail);
    }

    @Override
    public void abandon() {
        if (dial != null) {
            dial.abandon();
        }
        if (exchange != null) {
            exchange.abandon();
        }
    }

    @Override
    public String whereabouts() {
        return (dial == null ? "" : dial.whereabouts()) + following();
    }

    private String following() {
        return redirects.isEmpty() ? "" : ", following " + chain();
    }

    private String chain() {
        return redirects.stream().map(String::valueOf).collect(Collectors.joining(" → "));
    }

    @Override
    public int status() {
        int current = exchange == null ? 0 : exchange.status();
        return current != 0 || redirects.isEmpty() ? current : redirects.getLast();
    }
}
