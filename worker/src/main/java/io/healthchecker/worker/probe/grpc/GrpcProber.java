package io.healthchecker.worker.probe.grpc;

import io.healthchecker.core.assertion.Expectations;
import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.crds.probe.GrpcProbe;
import io.healthchecker.worker.dial.Alpn;
import io.healthchecker.worker.dial.Dialer;
import io.healthchecker.worker.dial.Route;
import io.healthchecker.worker.dial.Target;
import io.healthchecker.worker.dial.Target.Encryption;
import io.healthchecker.worker.http1.HeaderLine;
import io.healthchecker.worker.http2.Http2Request;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Passage;
import io.healthchecker.worker.probe.Prober;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Asks the standard health service of gRPC by a stream of HTTP/2 that is written by hand: a library's channel is heavy. */
public final class GrpcProber implements Prober {
    private static final String METHOD = "/grpc.health.v1.Health/Check";

    private final Dialer dialer;
    private final Passage passage;
    private final Target target;
    private final Http2Request request;
    private final boolean certificate;

    /**
     * Makes ready.
     *
     * @throws IllegalArgumentException if the host cannot be dialled, or metadata cannot be sent
     */
    public GrpcProber(GrpcProbe probe, Expectations expected, Dialer dialer, String userAgent) {
        this.dialer = dialer;
        String host = HttpUrl.host(Objects.requireNonNull(probe.host(), "grpc.host"));
        int port = Objects.requireNonNull(probe.port(), "grpc.port");
        boolean encrypted = Boolean.TRUE.equals(probe.tls());
        String name = probe.serverName() == null ? host : HttpUrl.host(probe.serverName());
        boolean verified = !"None".equals(probe.tlsVerification());
        this.passage = Passage.of(
                dialer,
                probe.proxy(),
                new Passage.Trust(probe.certificateAuthorities(), probe.clientCertificate(), verified, Alpn.HTTP2));
        this.target =
                new Target(host, port, encrypted ? new Encryption(name, verified, Alpn.HTTP2, passage.tls()) : null);
        List<HeaderLine> headers = new ArrayList<>();
        headers.add(new HeaderLine("content-type", "application/grpc"));
        headers.add(new HeaderLine("te", "trailers"));
        headers.add(new HeaderLine("user-agent", userAgent));
        headers.addAll(HeaderLine.of(probe.metadata()));
        String authority = new HttpUrl(encrypted, name, port, "/").authority();
        String service = probe.service() == null ? "" : probe.service();
        this.request = new Http2Request("POST", encrypted, authority, METHOD, headers, HealthMessage.request(service));
        this.certificate = expected.needCertificate();
    }

    @Override
    public void probe(Attempt attempt) {
        if (passage.flaw() != null) {
            attempt.unable(passage.flaw());
            return;
        }
        HealthCall call = new HealthCall(this, attempt);
        attempt.busyWith(call);
        call.begin();
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

    Http2Request request() {
        return request;
    }

    /** Whether the certificate is looked at. */
    boolean certificate() {
        return certificate;
    }
}
