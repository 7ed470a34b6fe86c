package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.GrpcProbe;
import io.healthchecker.crds.probe.HttpHeader;
import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.TestAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The health service of gRPC, asked at servers of grpc-java and at some that say what no server should. */
class GrpcTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final byte[] SERVING = {0, 0, 0, 0, 2, 8, 1};
    private static final String OK = ":status: 200";
    private static final String GRPC = "content-type: application/grpc";

    private static final Queue<Metadata> ASKED = new ConcurrentLinkedQueue<>();

    private static Server plain;
    private static Server encrypted;
    private static Server without;
    private static TestProbers probers;

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException {
        plain = server(InsecureServerCredentials.create(), true);
        without = server(InsecureServerCredentials.create(), false);
        TestAuthority.Pem pem = AUTHORITY.issue("good.test");
        encrypted = server(TlsServerCredentials.create(stream(pem.certificates()), stream(pem.privateKey())), true);
        ProbeSettings standard = TestProbers.settings(EgressPreset.STANDALONE);
        probers = TestProbers.with(
                new ProbeSettings(2, standard.handshakes(), AUTHORITY.pem(folder), standard.egress()),
                new FixedNames().then("good.test", "127.0.0.1").then("other.test", "127.0.0.1"),
                Ticker.system());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Server server(ServerCredentials credentials, boolean healthy) throws IOException {
        var builder = Grpc.newServerBuilderForPort(0, credentials).directExecutor();
        if (healthy) {
            builder.addService(new Health()).intercept(new Listener());
        }
        return builder.build().start();
    }

    @AfterAll
    static void close() {
        probers.close();
        Stream.of(plain, encrypted, without).forEach(Server::shutdownNow);
    }

    /** Remembers what calls brought along. */
    private static final class Listener implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata metadata, ServerCallHandler<A, B> next) {
            ASKED.add(metadata);
            return next.startCall(call, metadata);
        }
    }

    /** Answers as the name of the service says. */
    private static final class Health extends HealthGrpc.HealthImplBase {
        @Override
        public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
            String service = request.getService();
            if (service.isEmpty() || service.length() > 200) {
                answer(observer, ServingStatus.SERVING);
            } else if (service.startsWith("=")) {
                answer(observer, ServingStatus.valueOf(service.substring(1)));
            } else if (service.equals("silent")) {
                return; // never
            } else if (service.equals("twice")) {
                observer.onNext(HealthCheckResponse.getDefaultInstance());
                observer.onError(Status.ABORTED.asRuntimeException());
            } else if (service.equals("99")) {
                observer.onNext(
                        HealthCheckResponse.newBuilder().setStatusValue(99).build());
                observer.onCompleted();
            } else {
                String[] parts = service.split("/", 2);
                Status status = Status.Code.valueOf(parts[0]).toStatus();
                observer.onError((parts.length == 1 ? status : status.withDescription(parts[1])).asRuntimeException());
            }
        }

        private static void answer(StreamObserver<HealthCheckResponse> observer, ServingStatus status) {
            observer.onNext(HealthCheckResponse.newBuilder().setStatus(status).build());
            observer.onCompleted();
        }
    }

    private static Definition grpc(int port, String service) {
        return definition(new GrpcProbe("127.0.0.1", port, service, null, null, null, null, null), Wanted.PATIENT);
    }

    private static Definition tls(String host, int port, String serverName, String verification) {
        return definition(new GrpcProbe(host, port, null, true, serverName, 30, verification, null), Wanted.PATIENT);
    }

    private static Definition definition(GrpcProbe probe, int timeoutSeconds) {
        return Definition.of(probe).with(draft -> {
            draft.periodSeconds = 2 * Wanted.PATIENT;
            draft.timeoutSeconds = timeoutSeconds;
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        =SERVING                           | OK                   |
        =NOT_SERVING                       | GRPC_NOT_SERVING     | the health service says NOT_SERVING
        =UNKNOWN                           | GRPC_NOT_SERVING     | the health service says UNKNOWN
        99                                 | GRPC_NOT_SERVING     | the health service says UNKNOWN
        =SERVICE_UNKNOWN                   | GRPC_SERVICE_UNKNOWN | the health service says SERVICE_UNKNOWN
        NOT_FOUND                          | GRPC_NOT_FOUND       | the call ended with NOT_FOUND
        NOT_FOUND/unknown service          | GRPC_NOT_FOUND       | the call ended with NOT_FOUND: unknown service
        UNAVAILABLE/shutting down          | GRPC_UNAVAILABLE     | the call ended with UNAVAILABLE: shutting down
        UNIMPLEMENTED                      | GRPC_UNIMPLEMENTED   | the call ended with UNIMPLEMENTED
        INTERNAL/100% kaputt, größer       | GRPC_FAILED          | the call ended with INTERNAL: 100% kaputt, größer
        UNAUTHENTICATED/no token           | GRPC_FAILED          | the call ended with UNAUTHENTICATED: no token
        PERMISSION_DENIED                  | GRPC_FAILED          | the call ended with PERMISSION_DENIED
        DEADLINE_EXCEEDED                  | GRPC_FAILED          | the call ended with DEADLINE_EXCEEDED
        twice                              | GRPC_FAILED          | the call ended with ABORTED
        """)
    void whatTheServiceSaysIsTheReason(String service, Reason reason, String detail) {
        CheckResult result = probers.check(grpc(plain.getPort(), service));
        assertThat(result.reason()).as("%s", result).isEqualTo(reason);
        assertThat(result.outcome()).isEqualTo(reason == Reason.OK ? Outcome.UP : Outcome.DOWN);
        assertThat(result.detail()).isEqualTo(detail == null ? null : detail + " at 127.0.0.1:" + plain.getPort());
        assertThat(result.phases().connectMicros()).isPositive();
        assertThat(result.phases().tlsMicros()).isEqualTo(PhaseTimes.NONE);
        assertThat(result.phases().firstByteMicros()).isPositive();
        assertThat(result.phases().transferMicros()).isNotNegative();
    }

    @Test
    void theServerAsAWholeIsAskedWithoutAName() {
        assertThat(probers.check(grpc(plain.getPort(), null)).outcome()).isEqualTo(Outcome.UP);
        assertThat(probers.check(grpc(plain.getPort(), "x".repeat(253))).outcome())
                .isEqualTo(Outcome.UP);
    }

    @Test
    void aServerWithoutTheServiceSaysSo() {
        CheckResult result = probers.check(grpc(without.getPort(), ""));
        assertThat(result.reason()).isEqualTo(Reason.GRPC_UNIMPLEMENTED);
        assertThat(result.detail()).startsWith("the call ended with UNIMPLEMENTED: Method not found");
    }

    @Test
    void metadataIsSentAlong() {
        ASKED.clear();
        var probe = new GrpcProbe(
                "127.0.0.1",
                plain.getPort(),
                null,
                null,
                null,
                null,
                null,
                List.of(HttpHeader.of("Authorization", "Bearer t0ken")));
        assertThat(probers.check(definition(probe, Wanted.PATIENT)).outcome()).isEqualTo(Outcome.UP);
        assertThat(ASKED).singleElement().satisfies(metadata -> {
            assertThat(metadata.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)))
                    .isEqualTo("Bearer t0ken");
            assertThat(metadata.get(Metadata.Key.of("user-agent", Metadata.ASCII_STRING_MARSHALLER)))
                    .startsWith("HealthChecker/");
        });
    }

    @ParameterizedTest(name = "{0} as {1}, {2}")
    @CsvSource({
        "good.test,,, OK",
        "127.0.0.1, good.test,, OK",
        "127.0.0.1,,, TLS_NAME_MISMATCH",
        "other.test,,, TLS_NAME_MISMATCH",
        "other.test,, None, OK",
    })
    void encryptedItAgreesOnHttp2(String host, String serverName, String verification, Reason reason) {
        CheckResult result = probers.check(tls(host, encrypted.getPort(), serverName, verification));
        assertThat(result.reason()).as("%s", result).isEqualTo(reason);
        assertThat(result.phases().tlsMicros()).isPositive();
    }

    @Test
    void aCertificateThatEndsSoonFailsItsExpectation() {
        var probe = new GrpcProbe("good.test", encrypted.getPort(), null, true, null, 3_650 * 3, null, null);
        CheckResult result = probers.check(definition(probe, Wanted.PATIENT));
        assertThat(result.reason()).isEqualTo(Reason.ASSERTION_FAILED);
        assertThat(result.detail()).startsWith("certificate (valid until 2050-01-01");
    }

    @Test
    void aServerThatEncryptsAnotherProtocolIsDownByProtocol() {
        try (var https = StubServer.encrypted(AUTHORITY.server("good.test"), connection -> {
            connection.request();
            connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
        })) {
            CheckResult result = probers.check(tls("good.test", https.port(), null, null));
            assertThat(result.reason()).isEqualTo(Reason.PROTOCOL_ERROR);
            assertThat(result.detail())
                    .isEqualTo("the target did not choose HTTP/2 by ALPN at 127.0.0.1:" + https.port());
        }
    }

    @Test
    void anEncryptedServerAskedWithoutTlsIsDownByProtocol() {
        try (var https = StubServer.encrypted(AUTHORITY.server("good.test"), StubServer.Connection::request)) {
            CheckResult result = probers.check(grpc(https.port(), ""));
            assertThat(result.reason()).as("%s", result).isEqualTo(Reason.PROTOCOL_ERROR);
            assertThat(result.detail()).startsWith("the target speaks TLS, and the check does not");
        }
    }

    @Test
    void aServerWithoutTlsAskedWithTlsIsDownByName() {
        CheckResult result = probers.check(tls("good.test", plain.getPort(), null, null));
        assertThat(result.outcome()).isEqualTo(Outcome.DOWN);
        assertThat(result.reason()).isIn(Reason.TLS_FAILED, Reason.CONNECTION_CLOSED, Reason.CONNECTION_RESET);
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                row(Http2Frames.begin().headers(OK, GRPC).data(SERVING).lastHeaders("grpc-status: 0"), Reason.OK, null),
                row(
                        Http2Frames.begin()
                                .headers(":status: 103", "link: </a>")
                                .headers(OK, GRPC + "+proto")
                                .data((byte) 0, (byte) 0, (byte) 0)
                                .data((byte) 0, (byte) 4, (byte) 0x10, (byte) 7, (byte) 8, (byte) 1)
                                .lastHeaders("grpc-status: 0"),
                        Reason.OK,
                        null),
                row(
                        Http2Frames.begin().headers(OK, GRPC).data(SERVING).lastHeaders("grpc-status: 14"),
                        Reason.GRPC_UNAVAILABLE,
                        "the call ended with UNAVAILABLE"),
                row(
                        Http2Frames.begin().lastHeaders(OK, GRPC, "grpc-status: abc"),
                        Reason.GRPC_FAILED,
                        "the call ended with a status that nobody knows (-1)"),
                row(
                        Http2Frames.begin().lastHeaders(":status: 503"),
                        Reason.GRPC_UNAVAILABLE,
                        "the status of HTTP is 503, as no gRPC server answers"),
                row(
                        Http2Frames.begin().lastHeaders(":status: 404", "content-type: text/html"),
                        Reason.GRPC_UNIMPLEMENTED,
                        "the status of HTTP is 404, as no gRPC server answers"),
                row(
                        Http2Frames.begin().lastHeaders(":status: 302", "location: /login"),
                        Reason.PROTOCOL_ERROR,
                        "the status of HTTP is 302, as no gRPC server answers"),
                row(
                        Http2Frames.begin()
                                .headers(OK, "content-type: text/html")
                                .lastData((byte) '<'),
                        Reason.PROTOCOL_ERROR,
                        "the answer's Content-Type is \"text/html\"; application/grpc is expected"),
                row(
                        Http2Frames.begin().lastHeaders(OK),
                        Reason.PROTOCOL_ERROR,
                        "the answer's Content-Type is missing; application/grpc is expected"),
                row(
                        Http2Frames.begin().headers(OK, GRPC).lastData(SERVING),
                        Reason.PROTOCOL_ERROR,
                        "the answer ends without a grpc-status"),
                row(
                        Http2Frames.begin().headers(OK, GRPC).lastHeaders("grpc-status: 0"),
                        Reason.PROTOCOL_ERROR,
                        "the call ended with OK, and without an answer"),
                row(
                        Http2Frames.begin()
                                .headers(OK, GRPC)
                                .data((byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0)
                                .lastHeaders("grpc-status: 0"),
                        Reason.PROTOCOL_ERROR,
                        "the answer of the health service cannot be read: it is compressed, which was not asked for"),
                row(
                        Http2Frames.begin()
                                .headers(OK, GRPC)
                                .data((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 9, (byte) 8)
                                .lastHeaders("grpc-status: 0"),
                        Reason.PROTOCOL_ERROR,
                        "the answer of the health service cannot be read: its length is not what it says"),
                row(
                        Http2Frames.begin()
                                .headers(OK, GRPC)
                                .data((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 0x0f)
                                .lastHeaders("grpc-status: 0"),
                        Reason.PROTOCOL_ERROR,
                        "the answer of the health service cannot be read: it is not protobuf"),
                row(
                        Http2Frames.begin().headers(OK, GRPC).data(new byte[5_000]),
                        Reason.PROTOCOL_ERROR,
                        "the answer has more than 4096 bytes; one of the health service has about 7"),
                row(
                        Http2Frames.begin().reset(7),
                        Reason.CONNECTION_RESET,
                        "the target reset the stream: REFUSED_STREAM"),
                row(Http2Frames.begin().reset(13), Reason.PROTOCOL_ERROR, "the target wants HTTP/1.1 for this"),
                row(
                        Http2Frames.begin().away(0, 11, "too many pings"),
                        Reason.CONNECTION_CLOSED,
                        "the target said goodbye: ENHANCE_YOUR_CALM too many pings"),
                row(
                        Http2Frames.begin()
                                .away(3, 0, "")
                                .headers(OK, GRPC)
                                .data(SERVING)
                                .lastHeaders("grpc-status: 0"),
                        Reason.OK,
                        null),
                row(Http2Frames.begin().headers(OK, GRPC).data(SERVING).headers("x: y"), Reason.PROTOCOL_ERROR, null),
                row(
                        Http2Frames.begin().endlessHeaders(100, "x: " + "a".repeat(16_000)),
                        Reason.HEADERS_TOO_LARGE,
                        null),
                row(Http2Frames.begin().headers(OK, "Upper: case"), Reason.PROTOCOL_ERROR, null),
                row(Http2Frames.nothing().data(SERVING), Reason.PROTOCOL_ERROR, null));
    }

    private static Arguments row(Http2Frames frames, Reason reason, String detail) {
        return Arguments.of(frames.bytes(), reason, detail);
    }

    @ParameterizedTest(name = "[{index}] {1}, {2}")
    @MethodSource("answers")
    void whateverAServerAnswersHasAReason(byte[] answer, Reason reason, String detail) {
        try (var stub = StubServer.start(connection -> {
            connection.request();
            connection.send(answer);
            connection.hang();
        })) {
            CheckResult result = probers.check(grpc(stub.port(), ""));
            assertThat(result.reason()).as("%s", result).isEqualTo(reason);
            assertThat(result.outcome()).isEqualTo(reason == Reason.OK ? Outcome.UP : Outcome.DOWN);
            if (detail != null) {
                assertThat(result.detail()).isEqualTo(detail + " at 127.0.0.1:" + stub.port());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        HTTP/1.1 400 Bad Request\\r\\n\\r\\n | PROTOCOL_ERROR    | the target answers in HTTP/1, not in HTTP/2
        220 mail ready\\r\\n                 | PROTOCOL_ERROR    | the answer breaks the rules of HTTP/2
        """)
    void aPortWithAnotherProtocolIsDownByProtocol(String answer, Reason reason, String detail) {
        try (var stub = StubServer.start(connection -> {
            connection.request();
            connection.send(
                    answer.equals("-") ? "" : answer.replace("\\r", "\r").replace("\\n", "\n"));
        })) {
            CheckResult result = probers.check(grpc(stub.port(), ""));
            assertThat(result.reason()).as("%s", result).isEqualTo(reason);
            assertThat(result.detail()).startsWith(detail).endsWith(" at 127.0.0.1:" + stub.port());
        }
    }

    @Test
    void aResetIsDownByName() {
        try (var stub = StubServer.start(connection -> {
            connection.request();
            connection.reset();
        })) {
            assertThat(probers.check(grpc(stub.port(), "")).reason()).isEqualTo(Reason.CONNECTION_RESET);
        }
    }

    @Test
    void aServiceThatNeverAnswersIsDownInTime() {
        var probe = new GrpcProbe("127.0.0.1", plain.getPort(), "silent", null, null, null, null, null);
        CheckResult result = probers.check(definition(probe, 1));
        assertThat(result.reason()).isEqualTo(Reason.TIMEOUT_RESPONSE);
        assertThat(result.detail()).isEqualTo("after 1000 ms at 127.0.0.1:" + plain.getPort());
    }
}
