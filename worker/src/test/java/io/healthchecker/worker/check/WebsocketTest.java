package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpHeader;
import io.healthchecker.crds.probe.WebsocketProbe;
import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.TestAuthority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSockets of Jetty, and of servers that do not keep to RFC 6455. */
class WebsocketTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: (\\S+)\r\n");

    private static WebsocketServer server;
    private static TestProbers probers;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        server = WebsocketServer.start();
        ProbeSettings standard = TestProbers.settings(EgressPreset.STANDALONE);
        probers = TestProbers.with(
                new ProbeSettings(2, standard.handshakes(), AUTHORITY.pem(folder), standard.egress()),
                new FixedNames().then("good.test", "127.0.0.1"),
                Ticker.system());
    }

    @AfterAll
    static void close() {
        probers.close();
        server.close();
    }

    private static CheckResult check(String url, String message, String contains, String matches) {
        return check(new WebsocketProbe(url, null, null, message, contains, matches, null, null), Wanted.PATIENT);
    }

    private static CheckResult check(WebsocketProbe probe, int timeoutSeconds) {
        return probers.check(Definition.of(probe).with(draft -> {
            draft.periodSeconds = 2 * Wanted.PATIENT;
            draft.timeoutSeconds = timeoutSeconds;
        }));
    }

    @ParameterizedTest(name = "{0}: {1} → {2}, {3}")
    @CsvSource(delimiter = '|', textBlock = """
        /echo     |       |                 |               | OK
        /echo     | ping  |                 |               | OK
        /echo     | ping  | ping            |               | OK
        /echo     | grüße | üß              | ^gr.*e$       | OK
        /echo     | a1    |                 | ^[a-z][0-9]$  | OK
        /greeting |       | welcome         |               | OK
        /greeting | ping  | ping            |               | OK
        /many     |       | number 5        |               | OK
        /many     |       | number 4        |               | ASSERTION_FAILED
        /binary   | bytes | bytes           |               | OK
        /parts    | halves| halves          | ^halves$      | OK
        /ping     | go    | pong of 2 bytes |               | OK
        /big      | end   | end             |               | OK
        /big      | end   |                 | end$          | TIMEOUT_TRANSFER
        /refusing |       | x               |               | CONNECTION_CLOSED
        /silent   | go    | x               |               | TIMEOUT_TRANSFER
        /none     |       |                 |               | WEBSOCKET_REFUSED
        """)
    void whatTheServerSendsIsTheReason(String path, String message, String contains, String matches, Reason reason) {
        var probe = new WebsocketProbe(server.url(path), null, null, message, contains, matches, null, null);
        CheckResult result = check(probe, reason == Reason.TIMEOUT_TRANSFER ? 1 : Wanted.PATIENT);
        assertThat(result.reason()).as("%s", result).isEqualTo(reason);
        assertThat(result.outcome()).isEqualTo(reason == Reason.OK ? Outcome.UP : Outcome.DOWN);
        assertThat(result.phases().firstByteMicros()).isPositive();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        /many     | none of the first 16 messages contains "x" at PLACE
        /refusing | the server closed the WebSocket with code 1008 (no such customer) at PLACE, waiting for a message that contains "x"; none came
        /none     | the status is 404; 101 opens a WebSocket at PLACE
        """)
    void aFailureSaysWhatWasWaitedFor(String path, String detail) {
        CheckResult result = check(server.url(path), null, "x", null);
        assertThat(result.detail()).isEqualTo(detail.replace("PLACE", "127.0.0.1:" + server.port()));
    }

    @Test
    void timeThatIsUpSaysWhatWasWaitedFor() {
        var probe = new WebsocketProbe(server.url("/greeting"), null, null, null, null, "pong+", null, null);
        CheckResult result = check(probe, 1);
        assertThat(result.detail())
                .isEqualTo("after 1000 ms at 127.0.0.1:%d, waiting for a message that matches pong+; 1 came that do not"
                        .formatted(server.port()));
        assertThat(result.phases().transferMicros()).isPositive();
    }

    @Test
    void itIsClosedInOrder() throws Exception {
        try (var own = WebsocketServer.start()) {
            assertThat(check(own.url("/orderly"), "hello", "hello", null).outcome())
                    .isEqualTo(Outcome.UP);
            assertThat(own.messages()).containsExactly("hello");
            await().untilAsserted(() -> assertThat(own.closings()).containsExactly("/orderly 1000"));
        }
    }

    @Test
    void aSubprotocolIsAgreedOn() {
        var agreed = new WebsocketProbe(server.url("/echo"), null, "hc.v1", null, null, null, null, null);
        assertThat(check(agreed, Wanted.PATIENT).outcome()).isEqualTo(Outcome.UP);
        var unknown = new WebsocketProbe(server.url("/echo"), null, "hc.v2", null, null, null, null, null);
        CheckResult result = check(unknown, Wanted.PATIENT);
        assertThat(result.reason()).isEqualTo(Reason.ASSERTION_FAILED);
        assertThat(result.detail()).startsWith("subprotocol (none) is not \"hc.v2\"");
    }

    @Test
    void headersAreSentWithTheRequest() {
        try (var stub = StubServer.start(connection -> connection.send(opening(connection.request(), "")))) {
            var probe = new WebsocketProbe(
                    "ws://127.0.0.1:%d/feed?a=b".formatted(stub.port()),
                    List.of(HttpHeader.of("Origin", "https://a.test"), HttpHeader.of("User-Agent", "me")),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
            assertThat(check(probe, Wanted.PATIENT).outcome()).isEqualTo(Outcome.UP);
            assertThat(stub.requests())
                    .singleElement()
                    .asString()
                    .startsWith("GET /feed?a=b HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n".formatted(stub.port()))
                    .contains("\r\nOrigin: https://a.test\r\nUser-Agent: me\r\n")
                    .contains("\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
        }
    }

    @Test
    void encryptedItsCertificateIsJudged() {
        try (var stub = StubServer.encrypted(AUTHORITY.server("good.test"), connection -> {
            connection.send(opening(connection.request(), ""));
            connection.hang();
        })) {
            String good = "WSS://good.test:%d/".formatted(stub.port());
            var lasting = new WebsocketProbe(good, null, null, null, null, null, 30, null);
            assertThat(check(lasting, Wanted.PATIENT).outcome()).isEqualTo(Outcome.UP);
            String other = "wss://127.0.0.1:%d/".formatted(stub.port());
            assertThat(check(other, null, null, null).reason()).isEqualTo(Reason.TLS_NAME_MISMATCH);
            var unverified = new WebsocketProbe(other, null, null, null, null, null, null, "None");
            assertThat(check(unverified, Wanted.PATIENT).outcome()).isEqualTo(Outcome.UP);
        }
    }

    /** The answer that opens a WebSocket, with further lines. */
    static String opening(String request, String lines) {
        Matcher key = KEY.matcher(request);
        assertThat(key.find()).isTrue();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                            .getBytes(StandardCharsets.US_ASCII));
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n" + lines + "\r\n";
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        -                                        | CONNECTION_CLOSED | closed without an answer
        HTTP/1.1 200 OK\\r\\n\\r\\nhello         | WEBSOCKET_REFUSED | the status is 200; 101 opens a WebSocket
        HTTP/1.1 301 X\\r\\nLocation: /b\\r\\n\\r\\n | WEBSOCKET_REFUSED | the status is 301; 101 opens a WebSocket
        HTTP/1.1 401 Unauthorized\\r\\n\\r\\n    | WEBSOCKET_REFUSED | the status is 401; 101 opens a WebSocket
        HTTP/1.1 101 X\\r\\n\\r\\n               | PROTOCOL_ERROR    | the answer does not upgrade to a WebSocket
        HTTP/1.1 101 X\\r\\nUpgrade: websocket\\r\\nConnection: upgrade\\r\\n\\r\\n | PROTOCOL_ERROR | Sec-WebSocket-Accept is absent; it does not belong to this request
        HTTP/1.1 101 X\\r\\nUpgrade: websocket\\r\\nConnection: upgrade\\r\\nSec-WebSocket-Accept: abc\\r\\n\\r\\n | PROTOCOL_ERROR | Sec-WebSocket-Accept is "abc"; it does not belong to this request
        220 mail ready\\r\\n                      | PROTOCOL_ERROR    | the answer begins with "220 mail ready", which is not HTTP
        HTTP/1.1 101 X\\r\\nUpgrade:              | CONNECTION_CLOSED | closed in the middle of the headers
        """)
    void anAnswerThatOpensNothingHasAReason(String answer, Reason reason, String detail) {
        String bytes = answer.equals("-") ? "" : answer.replace("\\r", "\r").replace("\\n", "\n");
        try (var stub = StubServer.answering(bytes)) {
            CheckResult result = check("ws://127.0.0.1:" + stub.port(), null, null, null);
            assertThat(result.reason()).as("%s", result).isEqualTo(reason);
            assertThat(result.detail()).isEqualTo("%s at 127.0.0.1:%d".formatted(detail, stub.port()));
        }
    }

    @ParameterizedTest(name = "{0}{1}")
    @CsvSource(delimiter = '|', textBlock = """
        Sec-WebSocket-Extensions: permessage-deflate | | PROTOCOL_ERROR    | the server chose an extension that was not offered
        Sec-WebSocket-Protocol: x                    | | PROTOCOL_ERROR    | the server chose the subprotocol "x", and none was offered
        | 81 02 68 69                                  | OK                | -
        | 01 01 68 89 00 80 01 69                      | OK                | -
        | 81 02 c3 28                                  | PROTOCOL_ERROR    | a text message is not UTF-8
        | 81 82 00 00 00 00 68 69                      | PROTOCOL_ERROR    | a frame breaks the rules of WebSockets
        | c1 02 68 69                                  | PROTOCOL_ERROR    | a frame breaks the rules of WebSockets
        | 81 7f 00 00 00 10 00 00 00 00                | PROTOCOL_ERROR    | a frame breaks the rules of WebSockets
        | 88 00                                        | CONNECTION_CLOSED | the server closed the WebSocket without a code
        | 88 02 03 e9                                  | CONNECTION_CLOSED | the server closed the WebSocket with code 1001
        | 81 05 68                                     | CONNECTION_CLOSED | closed at
        """)
    void whatFollowsTheOpeningHasAReason(String lines, String frames, Reason reason, String detail) {
        try (var stub = StubServer.start(connection -> {
            String answer = opening(connection.request(), lines == null ? "" : lines + "\r\n");
            // in one piece, as what comes behind the opening often does
            connection.send(answer + (frames == null ? "" : latin(frames)));
            if (reason != Reason.CONNECTION_CLOSED) {
                connection.hang();
            }
        })) {
            CheckResult result = check("ws://127.0.0.1:" + stub.port(), null, "hi", null);
            assertThat(result.reason()).as("%s", result).isEqualTo(reason);
            if (reason != Reason.OK) {
                assertThat(result.detail()).startsWith(detail).contains(" at 127.0.0.1:" + stub.port());
            }
        }
    }

    private static String latin(String hex) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aFloodOfHeadersIsDownByName() {
        try (var stub = StubServer.start(connection -> {
            connection.request();
            connection.send("HTTP/1.1 101 X\r\n" + "X: a\r\n".repeat(100_000));
        })) {
            CheckResult result = check("ws://127.0.0.1:" + stub.port(), null, null, null);
            assertThat(result.reason()).isEqualTo(Reason.HEADERS_TOO_LARGE);
        }
    }

    @Test
    void aDeniedAddressIsNotDialled() {
        assertThat(check("ws://169.254.169.254/", null, null, null).reason()).isEqualTo(Reason.EGRESS_DENIED);
    }
}
