package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.testing.StubServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static TestProbers probers;

    @BeforeAll
    static void open() {
        probers = TestProbers.standalone(
                new FixedNames().then("a.test", "127.0.0.1").then("b.test", "127.0.0.1"));
    }

    @AfterAll
    static void close() {
        probers.close();
    }

    private static StubServer redirecting(int status, String location) {
        return StubServer.start(connection -> connection.send(
                connection.request().contains(" /end")
                        ? OK
                        : "HTTP/1.1 %d X\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n".formatted(status, location)));
    }

    @Test
    void aLoopEndsWithTheChainOfItsStatuses() {
        try (var stub = redirecting(302, "/")) {
            CheckResult result = probers.check(Wanted.http(stub.url("/")).maxRedirects(3));
            assertThat(result.outcome()).isEqualTo(Outcome.DOWN);
            assertThat(result.reason()).isEqualTo(Reason.TOO_MANY_REDIRECTS);
            assertThat(result.detail()).isEqualTo("more than 3 redirects: 302 → 302 → 302 → 302");
            assertThat(result.httpStatus()).isEqualTo(302);
            assertThat(stub.requests()).hasSize(4);
        }
    }

    @ParameterizedTest(name = "{0} of a {1} is followed by {2}")
    @CsvSource({
        "301, GET, GET, false",
        "301, POST, GET, false",
        "302, POST, GET, false",
        "302, PUT, PUT, true",
        "303, PUT, GET, false",
        "303, HEAD, HEAD, false",
        "307, POST, POST, true",
        "308, POST, POST, true",
    })
    void theNextRequestIsWhatBrowsersWouldSend(int status, String method, String next, boolean body) {
        try (var stub = redirecting(status, "/end")) {
            Wanted wanted = Wanted.http(stub.url("/")).method(method).header("Content-Type", "text/plain");
            CheckResult result = probers.check(method.startsWith("P") ? wanted.body("content") : wanted);
            assertThat(result.outcome()).as("%s", result).isEqualTo(Outcome.UP);
            assertThat(stub.requests().getLast()).startsWith(next + " /end ");
            assertThat(stub.requests().getLast().endsWith("content")).isEqualTo(body);
        }
    }

    @Test
    void anotherOriginIsToldNoSecrets() {
        try (var other = StubServer.answering(OK);
                var stub = redirecting(307, "http://b.test:%d/end".formatted(other.port()))) {
            probers.check(Wanted.http("http://a.test:%d/".formatted(stub.port()))
                    .header("Authorization", "Bearer s3cret")
                    .header("Cookie", "session=s3cret")
                    .header("X-Api-Key", "s3cret")
                    .header("Accept-Language", "de"));
            assertThat(stub.requests().getFirst()).contains("Bearer s3cret", "session=s3cret", "X-Api-Key: s3cret");
            assertThat(other.requests())
                    .singleElement()
                    .asString()
                    .contains("Host: b.test:%d\r\n".formatted(other.port()), "Accept-Language: de\r\n")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void theSameOriginIsToldThemAgain() {
        try (var stub = redirecting(302, "/end")) {
            probers.check(Wanted.http(stub.url("/")).header("Authorization", "Bearer s3cret"));
            assertThat(stub.requests()).hasSize(2).allMatch(request -> request.contains("Bearer s3cret"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            ftp://example.org/?token=s3cret | Location is "ftp://example.org/?…"; it must be absolute and begin with http:// or https://
            http://user:s3cret@example.org/ | Location is "http://***@example.org/"; it must not contain user-info; send an Authorization header instead
            javascript:alert(1)             | Location is "javascript:alert(1)"; it must be absolute and begin with http:// or https://
            http://a.test:99999/            | Location is "http://a.test:99999/"; its port is 99999; it must be 1 to 65535
            """)
    void aRedirectThatLeadsNowhereSaysWhereWithoutItsSecrets(String location, String detail) {
        try (var stub = redirecting(302, location)) {
            CheckResult result = probers.check(Wanted.http(stub.url("/")));
            assertThat(result.reason()).isEqualTo(Reason.REDIRECT_INVALID);
            assertThat(result.detail()).isEqualTo(detail);
        }
    }

    @Test
    void aRedirectWithoutALocationIsJudgedItself() {
        try (var stub = StubServer.answering("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(probers.check(Wanted.http(stub.url("/"))).detail()).isEqualTo("status (302) is not in 200-299");
        }
    }

    @Test
    void aFailureBehindARedirectNamesTheRedirect() {
        try (var other = StubServer.answering("");
                var stub = redirecting(301, "http://a.test:%d/".formatted(other.port()))) {
            CheckResult result = probers.check(Wanted.http(stub.url("/")));
            assertThat(result.reason()).isEqualTo(Reason.CONNECTION_CLOSED);
            assertThat(result.detail())
                    .isEqualTo("closed without an answer at 127.0.0.1:%d, following 301".formatted(other.port()));
            assertThat(result.httpStatus()).isEqualTo(301);
        }
    }
}
