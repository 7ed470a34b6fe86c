package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.core.check.Outcome;
import io.healthchecker.testing.StubServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @AutoClose
    private static final TestProbers probers = TestProbers.standalone();

    private static String sent(Wanted wanted, StubServer stub) {
        assertThat(probers.check(wanted).outcome()).isEqualTo(Outcome.UP);
        return stub.requests().getLast();
    }

    @Test
    void aPlainRequestSaysWhoAsks() {
        try (var stub = StubServer.answering(OK)) {
            assertThat(sent(Wanted.http(stub.url("/Path?Q=1#fragment")), stub))
                    .matches(
                            "GET /Path\\?Q=1 HTTP/1\\.1\r\nHost: 127\\.0\\.0\\.1:%d\r\nUser-Agent: HealthChecker/[^\r]+\r\nAccept: \\*/\\*\r\nConnection: close\r\n\r\n"
                                    .formatted(stub.port()));
        }
    }

    @Test
    void headersOfTheDefinitionReplaceTheUsualOnes() {
        try (var stub = StubServer.answering(OK)) {
            assertThat(sent(
                            Wanted.http(stub.url("/"))
                                    .header("host", "virtual.test")
                                    .header("User-Agent", "other")
                                    .header("accept", "text/html")
                                    .header("X-Name", "grün"),
                            stub))
                    .contains("\r\nhost: virtual.test\r\n", "\r\nUser-Agent: other\r\n", "\r\naccept: text/html\r\n")
                    .doesNotContain("127.0.0.1", "HealthChecker", "*/*");
        }
    }

    @Test
    void aBodyIsSentWithItsLengthInBytes() {
        try (var stub = StubServer.answering(OK)) {
            assertThat(sent(Wanted.http(stub.url("/")).method("POST").body("grün"), stub))
                    .startsWith("POST / HTTP/1.1\r\n")
                    .contains("\r\nContent-Length: 5\r\n");
            assertThat(sent(Wanted.http(stub.url("/")).method("PUT"), stub)).contains("\r\nContent-Length: 0\r\n");
        }
    }

    @Test
    void aHeadRequestIsAnsweredWithoutABody() {
        try (var stub = StubServer.start(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            connection.hang();
        })) {
            assertThat(sent(Wanted.http(stub.url("/")).method("HEAD"), stub)).startsWith("HEAD / ");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"204", "304"})
    void someStatusesHaveNoBody(String status) {
        try (var stub = StubServer.start(connection -> {
            connection.request();
            connection.send("HTTP/1.1 %s X\r\nContent-Length: 1000\r\n\r\n".formatted(status));
            connection.hang();
        })) {
            sent(Wanted.http(stub.url("/")).status(status), stub);
        }
    }

    @Test
    void aLineBreakInAHeaderIsRefused() {
        assertThatThrownBy(() -> probers.check(Wanted.http("http://a.test/").header("X", "a\r\nY: b")))
                .hasMessage("headers: the value of X has a line break");
        assertThatThrownBy(() -> probers.check(Wanted.http("http://a.test/").header("X\r\nY", "a")))
                .hasMessage("headers: a header needs a name without blanks, and a value");
    }

    @Test
    void aLineBreakInAnAddressIsEncoded() {
        try (var stub = StubServer.answering(OK)) {
            assertThat(sent(Wanted.http(stub.url("/a\r\nX: b ü")), stub))
                    .startsWith("GET /a%0D%0AX:%20b%20%C3%BC HTTP");
        }
    }

    @Test
    void expectedHeadersAreAskedOfTheLastAnswer() {
        try (var stub = StubServer.answering("HTTP/1.1 200 OK\r\nX-Version: 42\r\nContent-Length: 0\r\n\r\n")) {
            sent(Wanted.http(stub.url("/")).expectHeader("x-version", "4"), stub);
            assertThat(probers.check(Wanted.http(stub.url("/")).expectHeader("X-Version", "5"))
                            .detail())
                    .isEqualTo("header X-Version (\"42\") does not contain \"5\"");
        }
    }
}
