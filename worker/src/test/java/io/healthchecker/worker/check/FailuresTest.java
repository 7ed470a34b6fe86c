package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.testing.BlackHole;
import io.healthchecker.testing.FreePort;
import io.healthchecker.testing.StubServer;
import io.healthchecker.worker.dial.Names;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A target that is not there, goes away, or keeps silent: each has its own reason, and its time stands in the phase where it was lost. */
class FailuresTest {
    /** In microseconds; a busy machine takes its share before the phase begins. */
    private static final int MOST_OF_A_SECOND = 500_000;

    @AutoClose
    private static final TestProbers probers = TestProbers.standalone();

    @Test
    void aPortWhereNobodyListensIsRefused() {
        int port = FreePort.next();
        CheckResult result = probers.check(Wanted.http("http://127.0.0.1:%d/".formatted(port)));
        assertThat(result.outcome()).isEqualTo(Outcome.DOWN);
        assertThat(result.reason()).isEqualTo(Reason.CONNECT_REFUSED);
        assertThat(result.detail()).isEqualTo("refused at 127.0.0.1:" + port);
        assertThat(result.phases().dnsMicros()).isEqualTo(PhaseTimes.NONE);
        assertThat(result.phases().connectMicros()).isNotNegative();
        assertThat(result.phases().firstByteMicros()).isEqualTo(PhaseTimes.NONE);
    }

    @Test
    void whenAllAddressesRefuseTheLastOneIsNamed() {
        int port = FreePort.next();
        try (var two = TestProbers.standalone(new FixedNames().then("two.test", "::1", "127.0.0.1"))) {
            CheckResult result = two.check(Wanted.tcp("two.test", port));
            assertThat(result.reason()).isEqualTo(Reason.CONNECT_REFUSED);
            assertThat(result.detail()).isEqualTo("refused at 127.0.0.1:%d, the second of 2 addresses".formatted(port));
        }
    }

    @Test
    void theNextAddressIsTakenWhereOneRefuses() {
        try (var two = TestProbers.standalone(new FixedNames().then("two.test", "::1", "127.0.0.1"));
                var stub = StubServer.start(StubServer.Connection::hang)) {
            assertThat(two.check(Wanted.tcp("two.test", stub.port())).outcome()).isEqualTo(Outcome.UP);
        }
    }

    @Test
    void theNextAddressIsTakenWhereOneKeepsSilent() {
        try (var two = TestProbers.standalone(new FixedNames().then("two.test", "127.0.0.1", "::1"));
                var hole = BlackHole.open();
                var stub = StubServer.start(InetAddress.ofLiteral("::1"), hole.port(), StubServer.Connection::hang)) {
            assertThat(two.check(Wanted.tcp("two.test", hole.port())).outcome()).isEqualTo(Outcome.UP);
            await().untilAsserted(() -> assertThat(stub.connections()).isOne());
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            (nothing)                                          | CONNECTION_CLOSED | closed without an answer
            HTTP/1.1 20                                        | CONNECTION_CLOSED | closed in the first line of the answer
            HTTP/1.1 200 OK\\r\\nX-A: b\\r\\n                  | CONNECTION_CLOSED | closed in the middle of the headers
            HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nok | CONNECTION_CLOSED | closed after 2 bytes of an unfinished body
            HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n9\\r\\nok | CONNECTION_CLOSED | closed after 2 bytes of an unfinished body
            SSH-2.0-OpenSSH_9.2p1                              | PROTOCOL_ERROR    | the answer begins with "SSH-2.0-OpenSSH_9.2p1", which is not HTTP
            HTTP/1.1 two hundred\\r\\n                         | PROTOCOL_ERROR    | the answer begins with "HTTP/1.1 two hundred", which is not HTTP
            HTTP/1.1 2000 OK\\r\\n                             | PROTOCOL_ERROR    | the answer begins with "HTTP/1.1 2000 OK", which is not HTTP
            HTTP/1.1 200 OK\\r\\nContent-Length: x\\r\\n\\r\\n | PROTOCOL_ERROR    | Content-Length is "x"
            HTTP/1.1 200 OK\\r\\nContent-Length: 1, 2\\r\\n\\r\\n | PROTOCOL_ERROR | Content-Length is both 1 and 2
            HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n | PROTOCOL_ERROR | the size of a chunk cannot be read
            HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nffffffffff\\r\\n | PROTOCOL_ERROR | a chunk is larger than 2 GiB
            HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n1\\r\\nab\\r\\n | PROTOCOL_ERROR | a chunk is longer than it said
            """)
    void anAnswerThatIsNoneSaysWhatItWas(String answer, Reason reason, String detail) {
        String bytes =
                answer.equals("(nothing)") ? "" : answer.replace("\\r", "\r").replace("\\n", "\n");
        try (var stub = StubServer.answering(bytes)) {
            CheckResult result = probers.check(Wanted.http(stub.url("/")));
            assertThat(result.reason()).as("%s", result).isEqualTo(reason);
            assertThat(result.outcome()).isEqualTo(Outcome.DOWN);
            assertThat(result.detail()).isEqualTo("%s at 127.0.0.1:%d".formatted(detail, stub.port()));
        }
    }

    @Test
    void aResetInTheMiddleOfABodyIsDown() {
        try (var stub = StubServer.start(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome");
            connection.pause(100);
            connection.reset();
        })) {
            CheckResult result = probers.check(Wanted.http(stub.url("/")));
            assertThat(result.reason()).isEqualTo(Reason.CONNECTION_RESET);
            assertThat(result.detail()).isEqualTo("reset in the middle of the answer at 127.0.0.1:" + stub.port());
        }
    }

    @Test
    void aNameWithoutAnAddressIsDown() {
        try (var none = TestProbers.standalone(new FixedNames())) {
            CheckResult result = none.check(Wanted.http("http://nowhere.test/"));
            assertThat(result.reason()).isEqualTo(Reason.DNS_NO_DATA);
            assertThat(result.detail()).isEqualTo("nowhere.test has no address");
        }
    }

    @Test
    void theTimeMayBeUpWhileTheNameIsLookedUp() {
        Names silent = (String host, EventLoop loop) -> loop.newPromise();
        try (var waiting = TestProbers.with(TestProbers.settings(EgressPreset.STANDALONE), silent, Ticker.system())) {
            CheckResult result = waiting.check(Wanted.http("http://slow.test/").timeoutSeconds(1));
            assertThat(result.reason()).isEqualTo(Reason.TIMEOUT_DNS);
            assertThat(result.detail()).isEqualTo("after 1000 ms");
            assertThat(result.phases().dnsMicros()).isGreaterThan(MOST_OF_A_SECOND);
            assertThat(result.phases().connectMicros()).isEqualTo(PhaseTimes.NONE);
        }
    }

    @Test
    void theTimeMayBeUpWhileTheConnectionIsOpened() {
        try (var hole = BlackHole.open()) {
            CheckResult result = probers.check(
                    Wanted.http("http://127.0.0.1:%d/".formatted(hole.port())).timeoutSeconds(1));
            assertThat(result.reason()).isEqualTo(Reason.TIMEOUT_CONNECT);
            assertThat(result.detail()).isEqualTo("after 1000 ms at 127.0.0.1:" + hole.port());
            assertThat(result.phases().connectMicros()).isGreaterThan(MOST_OF_A_SECOND);
            assertThat(result.phases().firstByteMicros()).isEqualTo(PhaseTimes.NONE);
        }
    }

    @Test
    void theTimeMayBeUpDuringTheHandshake() {
        try (var stub = StubServer.start(StubServer.Connection::hang)) {
            CheckResult result = probers.check(
                    Wanted.http("https://127.0.0.1:%d/".formatted(stub.port())).timeoutSeconds(1));
            assertThat(result.reason()).isEqualTo(Reason.TIMEOUT_TLS);
            assertThat(result.phases().tlsMicros()).isPositive();
            assertThat(together(result)).isGreaterThan(MOST_OF_A_SECOND);
        }
    }

    /** Of the phases that there were; to connect takes a share that a busy machine decides. */
    private static int together(CheckResult result) {
        PhaseTimes phases = result.phases();
        return IntStream.of(phases.connectMicros(), phases.tlsMicros(), phases.firstByteMicros())
                .filter(micros -> micros != PhaseTimes.NONE)
                .sum();
    }

    @Test
    void theTimeMayBeUpBeforeTheFirstByte() {
        try (var stub = StubServer.start(StubServer.Connection::hang)) {
            CheckResult result = probers.check(Wanted.http(stub.url("/")).timeoutSeconds(1));
            assertThat(result.reason()).isEqualTo(Reason.TIMEOUT_RESPONSE);
            assertThat(result.phases().firstByteMicros()).isPositive();
            assertThat(together(result)).isGreaterThan(MOST_OF_A_SECOND);
            assertThat(result.phases().transferMicros()).isEqualTo(PhaseTimes.NONE);
        }
    }

    @Test
    void theTimeMayBeUpWhileTheAnswerDrips() {
        try (var stub = StubServer.start(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                connection.send("a");
                connection.pause(20);
            }
        })) {
            CheckResult result = probers.check(Wanted.http(stub.url("/")).timeoutSeconds(1));
            assertThat(result.reason()).isEqualTo(Reason.TIMEOUT_TRANSFER);
            assertThat(result.httpStatus()).isEqualTo(200);
            assertThat(result.phases().transferMicros()).isPositive();
        }
    }

    @Test
    void anAnswerThatIsRightButSlowIsDegraded() {
        try (var stub = StubServer.start(connection -> {
            connection.request();
            connection.pause(60);
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        })) {
            CheckResult result = probers.check(Wanted.http(stub.url("/")).degradedAfterMillis(50));
            assertThat(result.outcome()).isEqualTo(Outcome.DEGRADED);
            assertThat(result.reason()).isEqualTo(Reason.SLOW);
            assertThat(result.detail()).endsWith(" ms; up to 50 ms are expected");
        }
    }
}
