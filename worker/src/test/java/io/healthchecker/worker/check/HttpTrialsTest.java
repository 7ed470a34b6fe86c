package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.testing.StubServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other monitors got wrong about HTTP servers that browsers accept. */
class HttpTrialsTest {
    @AutoClose
    private static final TestProbers probers = TestProbers.standalone();

    @Nested
    class LongHeaders {
        private String headers(int cookies) {
            return "HTTP/1.1 200 OK\r\nContent-Security-Policy: " + "a".repeat(12_000) + "\r\n"
                    + IntStream.range(0, cookies)
                            .mapToObj(i -> "Set-Cookie: c%02d=%s; Path=/\r\n".formatted(i, "x".repeat(280)))
                            .collect(Collectors.joining())
                    + "Content-Length: 2\r\n\r\nok";
        }

        @Test
        void of24KilobytesAreNoReasonToBeDown() {
            try (var stub = StubServer.answering(headers(40))) {
                assertUp(probers.check(Wanted.http(stub.url("/"))));
            }
        }

        @Test
        void of2MegabytesAreDownByName() {
            try (var stub = StubServer.answering(headers(7_000))) {
                CheckResult result = probers.check(Wanted.http(stub.url("/")));
                assertThat(result.reason()).isEqualTo(Reason.HEADERS_TOO_LARGE);
                assertThat(result.outcome()).isEqualTo(Outcome.DOWN);
                assertThat(result.detail()).isEqualTo("more than 262144 bytes of headers at 127.0.0.1:" + stub.port());
            }
        }

        @Test
        void withoutAnEndAreDownByName() {
            try (var stub = StubServer.start(connection -> {
                connection.request();
                connection.send("HTTP/1.1 200 OK\r\nX-Endless: ");
                while (true) {
                    connection.send("a".repeat(65_536));
                }
            })) {
                assertThat(probers.check(Wanted.http(stub.url("/"))).reason()).isEqualTo(Reason.HEADERS_TOO_LARGE);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            lines ended by LF only    | HTTP/1.1 200 OK\\nContent-Length: 2\\nX-A: b \\n\\nok
            blanks behind a value     | HTTP/1.1 200 OK\\r\\nX-A: b \\t \\r\\nContent-Length: 2\\r\\n\\r\\nok
            no reason phrase          | HTTP/1.1 200\\r\\nContent-Length: 2\\r\\n\\r\\nok
            early hints               | HTTP/1.1 103 Early Hints\\r\\nLink: </a.css>; rel=preload\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok
            a blank line in front     | \\r\\nHTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok
            HTTP/1.0 until the end    | HTTP/1.0 200 OK\\r\\n\\r\\nok
            a folded header           | HTTP/1.1 200 OK\\r\\nX-A: b\\r\\n c\\r\\nContent-Length: 2\\r\\n\\r\\nok
            a line without a colon    | HTTP/1.1 200 OK\\r\\nnonsense\\r\\nContent-Length: 2\\r\\n\\r\\nok
            the same length twice     | HTTP/1.1 200 OK\\r\\nContent-Length: 2, 2\\r\\nContent-Length: 2\\r\\n\\r\\nok
            """)
    void whatBrowsersAcceptIsUp(String what, String bytes) {
        try (var stub = StubServer.answering(
                bytes.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t"))) {
            CheckResult result = probers.check(Wanted.http(stub.url("/")).contains("ok"));
            assertUp(result);
            assertThat(result.httpStatus()).isEqualTo(200);
        }
    }

    @Nested
    class Bodies {
        @ParameterizedTest(name = "{0} is {1}")
        @CsvSource({"footerContent, OK", "footerContents, ASSERTION_FAILED"})
        void areJoinedAcrossChunksWithExtensionsAndTrailers(String wanted, Reason reason) {
            try (var stub = StubServer.start(connection -> {
                connection.request();
                connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n");
                connection.pause(50);
                connection.send("8;e=1\r\nfooterCo\r\n");
                connection.pause(50);
                connection.send("A\r\nntent ok!!\r\n");
                connection.pause(50);
                connection.send("0\r\nX-Sum: 1\r\n\r\n");
                connection.hang();
            })) {
                CheckResult result = probers.check(Wanted.http(stub.url("/")).contains(wanted));
                assertThat(result.reason()).isEqualTo(reason);
                assertThat(result.detail())
                        .isEqualTo(reason == Reason.OK ? null : "body (18 bytes) does not contain \"footerContents\"");
            }
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(strings = {"gzip", "x-gzip", "deflate"})
        void areDecompressedThoughNobodyAskedForIt(String encoding) throws IOException {
            byte[] body = compressed(encoding, "{\"status\":\"healthy\"}");
            try (var stub = StubServer.start(connection -> {
                String request = connection.request();
                assertThat(request).doesNotContainIgnoringCase("Accept-Encoding");
                connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(encoding, body.length));
                for (byte b : body) {
                    connection.send(new byte[] {b});
                }
            })) {
                assertUp(probers.check(
                        Wanted.http(stub.url("/")).contains("healthy").matches("y\"}$")));
                CheckResult other = probers.check(Wanted.http(stub.url("/")).contains("footerContents"));
                assertThat(other.reason()).isEqualTo(Reason.ASSERTION_FAILED);
                assertThat(other.detail()).isEqualTo("body (20 bytes) does not contain \"footerContents\"");
            }
        }

        private byte[] compressed(String encoding, String text) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (var out = encoding.equals("deflate") ? new DeflaterOutputStream(bytes) : new GZIPOutputStream(bytes)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return bytes.toByteArray();
        }
    }

    @Test
    void aCookieComesBackWithinACheckAndNeverInTheNext() {
        try (var stub = StubServer.start(connection -> {
            boolean seen = connection.request().contains("\r\nCookie: seen=1\r\n");
            connection.send(
                    seen
                            ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                            : "HTTP/1.1 302 Found\r\nSet-Cookie: seen=1; Path=/\r\nLocation: /c\r\nContent-Length: 0\r\n\r\n");
        })) {
            for (int period = 1; period <= 3; period++) {
                assertUp(probers.check(Wanted.http(stub.url("/c"))));
                assertThat(stub.requests()).hasSize(2 * period);
            }
        }
    }

    @Nested
    class Redirects {
        private StubServer stub() {
            return StubServer.start(connection -> {
                String request = connection.request();
                connection.send(
                        request.startsWith("GET /a ")
                                ? "HTTP/1.1 301 Moved Permanently\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
                                : request.startsWith("GET /none ")
                                        ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                                        : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            });
        }

        @Test
        void areJudgedThemselvesWhereNoneIsFollowed() {
            try (var stub = stub()) {
                assertUp(probers.check(
                        Wanted.http(stub.url("/a")).maxRedirects(0).status("301")));
                assertThat(stub.requests()).hasSize(1);
            }
        }

        @Test
        void areFollowedAndTheLastAnswerIsJudged() {
            try (var stub = stub()) {
                assertUp(probers.check(Wanted.http(stub.url("/a")).status("200-299")));
                CheckResult down = probers.check(Wanted.http(stub.url("/a")).status("301"));
                assertThat(down.outcome()).isEqualTo(Outcome.DOWN);
                assertThat(down.httpStatus()).isEqualTo(200);
                assertThat(down.detail()).isEqualTo("status (301 → 200) is not in 301");
            }
        }

        @Test
        void andANotFoundIsUpWhereThatIsExpected() {
            try (var stub = stub()) {
                assertUp(probers.check(Wanted.http(stub.url("/none")).status("404")));
                assertThat(probers.check(Wanted.http(stub.url("/none"))).detail())
                        .isEqualTo("status (404) is not in 200-299");
            }
        }
    }

    private static void assertUp(CheckResult result) {
        assertThat(result.reason()).as("%s", result).isEqualTo(Reason.OK);
        assertThat(result.outcome()).isEqualTo(Outcome.UP);
        assertThat(result.detail()).isNull();
    }
}
