package io.healthchecker.worker.probe.http;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.worker.dial.Caller;
import io.healthchecker.worker.dial.Dial;
import io.healthchecker.worker.dial.Tls;
import io.healthchecker.worker.http1.Head;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Undertaking;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From a first request to a last answer, after the redirects between them. */
final class Chase implements Caller, Undertaking {
    private final Transit transit;
    private final Attempt attempt;
    private final Ending ending;
    private final Errand errand;
    private final List<Integer> redirects = new ArrayList<>(0);
    private Request request;
    private @Nullable CookieJar jar;
    private @Nullable Dial dial;
    private @Nullable Hop hop;

    /**
     * What is to be brought.
     *
     * @param encoded the request as HTTP/1.1 says it, null where it is to be made of the request and the jar
     * @param keepBody whether anybody looks at the body
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Errand(Request request, byte @Nullable [] encoded, int maxRedirects, boolean keepBody) {}

    /** @param jar cookies of what came before, null for none */
    Chase(Transit transit, Attempt attempt, Errand errand, @Nullable CookieJar jar, Ending ending) {
        this.transit = transit;
        this.attempt = attempt;
        this.errand = errand;
        this.request = errand.request();
        this.jar = jar;
        this.ending = ending;
    }

    void begin() {
        hop = null;
        dial = transit.dialer()
                .dial(attempt.lane(), transit.target(request.url()), transit.route(), attempt.clock(), this);
    }

    @Override
    public void connected(Channel channel) {
        boolean tls = request.url().tls();
        if (!transit.version().isHttp2(channel, tls)) {
            byte[] first = jar == null ? errand.encoded() : null;
            Exchange exchange =
                    new Exchange(attempt, channel, this, request.method().equals("HEAD"), errand.keepBody());
            hop = exchange;
            exchange.send(first != null ? first : request.encode(transit.userAgent(), cookies()));
            return;
        }
        Http2Hop stream = new Http2Hop(attempt, channel, this, errand.keepBody());
        hop = stream;
        if (tls && !Tls.agreedOnHttp2(channel)) {
            stream.failed(Reason.PROTOCOL_ERROR, "the target did not choose HTTP/2 by ALPN");
        } else {
            stream.send(request.forHttp2(transit.userAgent(), cookies()));
        }
    }

    private String cookies() {
        return jar == null ? "" : jar.header(request.url());
    }

    /** Whether an answer is a redirect to follow, rather than one to judge. */
    boolean follows(Head head) {
        return switch (head.status()) {
            case 301, 302, 303, 307, 308 -> errand.maxRedirects() > 0 && head.first("location") != null;
            default -> false;
        };
    }

    void redirected(Head head) {
        redirects.add(head.status());
        if (redirects.size() > errand.maxRedirects()) {
            ending.failed(
                    this,
                    Reason.TOO_MANY_REDIRECTS,
                    "more than %d redirects: %s".formatted(errand.maxRedirects(), chain()));
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
            notFollowed(location, String.valueOf(e.getMessage()));
            return;
        }
        String objection = transit.redirects().objection(request.url(), to);
        if (objection != null) {
            notFollowed(location, objection);
            return;
        }
        request = request.redirected(head.status(), to);
        begin();
    }

    private void notFollowed(String location, String why) {
        ending.failed(this, Reason.REDIRECT_INVALID, "Location is \"%s\"; %s".formatted(Location.shown(location), why));
    }

    void answered(Head head, byte[] body, Channel channel) {
        ending.answered(this, head, body, channel);
    }

    /** Statuses of the redirects that were followed so far. */
    List<Integer> redirects() {
        return redirects;
    }

    /** Where the last request went. */
    HttpUrl url() {
        return request.url();
    }

    Attempt attempt() {
        return attempt;
    }

    @Override
    public void failed(Reason reason, String detail) {
        // a dial says where it was; a hop does not
        String where = hop == null ? "" : " " + whereabouts();
        ending.failed(this, reason, hop == null && !redirects.isEmpty() ? detail + following() : detail + where);
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
        if (hop != null) {
            hop.abandon();
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
        int current = hop == null ? 0 : hop.status();
        return current != 0 || redirects.isEmpty() ? current : redirects.getLast();
    }
}
