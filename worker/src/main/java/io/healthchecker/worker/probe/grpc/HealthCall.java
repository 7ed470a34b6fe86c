package io.healthchecker.worker.probe.grpc;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.assertion.Facts;
import io.healthchecker.core.assertion.GrpcFacts;
import io.healthchecker.core.assertion.Header;
import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.dial.Caller;
import io.healthchecker.worker.dial.Connection;
import io.healthchecker.worker.dial.Dial;
import io.healthchecker.worker.dial.Tls;
import io.healthchecker.worker.http1.Head;
import io.healthchecker.worker.http1.MalformedAnswer;
import io.healthchecker.worker.http2.Http2Answer;
import io.healthchecker.worker.http2.Http2Exchange;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Undertaking;
import io.netty.channel.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of the health service. */
final class HealthCall implements Caller, Undertaking, Http2Answer {
    private final GrpcProber prober;
    private final Attempt attempt;
    private final byte[] message = new byte[HealthMessage.MAX_BYTES];
    private int size;
    private @Nullable Dial dial;
    private @Nullable Channel channel;
    private @Nullable Http2Exchange exchange;
    private @Nullable GrpcStatus early; // where there is nothing else, the first headers have it

    HealthCall(GrpcProber prober, Attempt attempt) {
        this.prober = prober;
        this.attempt = attempt;
    }

    void begin() {
        dial = prober.dialer().dial(attempt.lane(), prober.target(), prober.route(), attempt.clock(), this);
    }

    @Override
    public void connected(Channel connection) {
        channel = connection;
        exchange = new Http2Exchange(attempt.lane(), connection, attempt.clock(), this);
        if (prober.target().tls() != null && !Tls.agreedOnHttp2(connection)) {
            failed(Reason.PROTOCOL_ERROR, "the target did not choose HTTP/2 by ALPN");
            connection.close();
            return;
        }
        exchange.send(prober.request());
    }

    @Override
    public void head(Head head) throws MalformedAnswer {
        early = GrpcStatus.of(head.headers());
        String type = head.first("content-type");
        if (head.status() != 200) {
            throw new MalformedAnswer(
                    reason(head.status()),
                    "the status of HTTP is %d, as no gRPC server answers".formatted(head.status()));
        }
        if (type == null || !type.startsWith("application/grpc")) {
            throw new MalformedAnswer(
                    Reason.PROTOCOL_ERROR,
                    "the answer's Content-Type is %s; application/grpc is expected"
                            .formatted(type == null ? "missing" : "\"" + Excerpt.of(type, 60) + "\""));
        }
    }

    // as gRPC itself maps what proxies say in its place
    private static Reason reason(int status) {
        return switch (status) {
            case 404 -> Reason.GRPC_UNIMPLEMENTED;
            case 429, 502, 503, 504 -> Reason.GRPC_UNAVAILABLE;
            default -> Reason.PROTOCOL_ERROR;
        };
    }

    @Override
    public void content(byte[] bytes, int from, int to) throws MalformedAnswer {
        if (size + to - from > message.length) {
            throw new MalformedAnswer(
                    Reason.PROTOCOL_ERROR,
                    "the answer has more than %d bytes; one of the health service has about 7"
                            .formatted(message.length));
        }
        System.arraycopy(bytes, from, message, size, to - from);
        size += to - from;
    }

    @Override
    public void end(List<Header> trailers) throws MalformedAnswer {
        GrpcStatus late = GrpcStatus.of(trailers);
        GrpcStatus status = late == null ? early : late;
        if (status == null) {
            throw new MalformedAnswer(Reason.PROTOCOL_ERROR, "the answer ends without a grpc-status");
        }
        if (!status.ok()) {
            throw new MalformedAnswer(status.reason(), said(status));
        }
        if (size == 0) {
            throw new MalformedAnswer(Reason.PROTOCOL_ERROR, "the call ended with OK, and without an answer");
        }
        Serving serving = HealthMessage.answer(message, size);
        if (serving.failure() != null) {
            throw new MalformedAnswer(serving.failure(), "the health service says " + serving);
        }
        GrpcFacts call = new GrpcFacts(status.code(), status.name(), status.message(), serving.name());
        Facts facts = Connection.facts(connection(), attempt.looksAtCertificate(prober.certificate()))
                .withGrpc(call);
        attempt.answered(Answer.connected(facts));
        close();
    }

    private static String said(GrpcStatus status) {
        String words = status.message().isBlank() ? "" : ": " + Excerpt.of(status.message(), 200);
        return "the call ended with " + status.name() + words;
    }

    private Channel connection() {
        return java.util.Objects.requireNonNull(channel);
    }

    @Override
    public void failed(Reason reason, String detail) {
        // a dial says where it was
        attempt.failed(reason, exchange == null ? detail : detail + " " + whereabouts());
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
        close();
    }

    private void close() {
        if (exchange != null) {
            exchange.close();
        }
    }

    @Override
    public String whereabouts() {
        return dial == null ? "" : dial.whereabouts();
    }
}
