package io.healthchecker.worker.probe.websocket;

import io.healthchecker.core.assertion.Expectations;
import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.crds.probe.WebsocketProbe;
import io.healthchecker.worker.dial.Alpn;
import io.healthchecker.worker.dial.Dialer;
import io.healthchecker.worker.dial.Route;
import io.healthchecker.worker.dial.Target;
import io.healthchecker.worker.dial.Target.Encryption;
import io.healthchecker.worker.http1.HeaderLine;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Passage;
import io.healthchecker.worker.probe.Prober;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens a WebSocket over a new connection, and exchanges messages where the definition wants some. */
public final class WebsocketProber implements Prober {
    private final Dialer dialer;
    private final HttpUrl url;
    private final Passage passage;
    private final Target target;
    private final String request; // all but the key, and the empty line
    private final @Nullable String subprotocol;
    private final @Nullable String message;
    private final @Nullable WantedMessage wanted;
    private final boolean certificate;

    /**
     * Makes ready.
     *
     * @throws IllegalArgumentException if nothing can be opened by the probe, naming the field
     */
    public WebsocketProber(WebsocketProbe probe, Expectations expected, Dialer dialer, String userAgent) {
        this.dialer = dialer;
        this.url = HttpUrl.parseWebsocket(Objects.requireNonNull(probe.url(), "websocket.url"));
        boolean verified = !"None".equals(probe.tlsVerification());
        this.passage = Passage.of(
                dialer,
                probe.proxy(),
                new Passage.Trust(probe.certificateAuthorities(), probe.clientCertificate(), verified, Alpn.NONE));
        String name = probe.serverName() == null ? url.host() : HttpUrl.host(probe.serverName());
        this.target = new Target(
                url.host(), url.port(), url.tls() ? new Encryption(name, verified, Alpn.NONE, passage.tls()) : null);
        this.subprotocol = probe.subprotocol();
        this.message = probe.message();
        this.wanted = WantedMessage.of(probe.messageContains(), probe.messageMatches());
        this.certificate = expected.needCertificate();
        this.request = request(HeaderLine.of(probe.headers()), userAgent);
    }

    private String request(List<HeaderLine> headers, String userAgent) {
        StringBuilder head = new StringBuilder(256);
        head.append("GET ").append(url.target()).append(" HTTP/1.1\r\n");
        standard(head, headers, "Host", url.authority());
        standard(head, headers, "User-Agent", userAgent);
        headers.forEach(header -> line(head, header.name(), header.value()));
        line(head, "Connection", "Upgrade");
        line(head, "Upgrade", "websocket");
        line(head, "Sec-WebSocket-Version", "13");
        if (subprotocol != null) {
            line(head, "Sec-WebSocket-Protocol", subprotocol);
        }
        return head.toString();
    }

    private static void standard(StringBuilder head, List<HeaderLine> headers, String name, String value) {
        if (headers.stream().noneMatch(header -> header.is(name))) {
            line(head, name, value);
        }
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    @Override
    public void probe(Attempt attempt) {
        if (passage.flaw() != null) {
            attempt.unable(passage.flaw());
            return;
        }
        Visit visit = new Visit(this, attempt);
        attempt.busyWith(visit);
        visit.begin();
    }

    /** The bytes that ask for the WebSocket. */
    byte[] request(OpeningKey key) {
        return "%sSec-WebSocket-Key: %s\r\n\r\n".formatted(request, key.text()).getBytes(StandardCharsets.UTF_8);
    }

    Dialer dialer() {
        return dialer;
    }

    Route route() {
        return passage.route();
    }

    Target target() {
        return target;
    }

    @Nullable
    String subprotocol() {
        return subprotocol;
    }

    /** Text to send, null for none. */
    @Nullable
    String message() {
        return message;
    }

    /** What is waited for, null for nothing. */
    @Nullable
    WantedMessage wanted() {
        return wanted;
    }

    /** Whether the certificate is looked at. */
    boolean certificate() {
        return certificate;
    }
}
