package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static ProbeSettings settings;
    private static TestProbers probers;
    private final Queue<String> namesAskedFor = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void open(@TempDir Path folder) {
        ProbeSettings standard = TestProbers.settings(EgressPreset.STANDALONE);
        settings = new ProbeSettings(2, standard.handshakes(), AUTHORITY.pem(folder), standard.egress());
        probers = TestProbers.with(settings, names(), Ticker.system());
    }

    private static FixedNames names() {
        return new FixedNames()
                .then("good.test", "127.0.0.1")
                .then("xn--mnchen-3ya.test", "127.0.0.1")
                .then("a.wild.test", "127.0.0.1")
                .then("a.b.wild.test", "127.0.0.1");
    }

    @AfterAll
    static void close() {
        probers.close();
    }

    private StubServer server(SSLContext tls) {
        return StubServer.encrypted(tls, connection -> {
            connection.request();
            namesAskedFor.add(String.valueOf(connection.serverName()));
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
    }

    private static Wanted https(String host, StubServer server) {
        return Wanted.http("https://%s:%d/".formatted(host, server.port()));
    }

    @ParameterizedTest(name = "{0} with a certificate for {1}")
    @CsvSource({
        "good.test, good.test",
        "GOOD.test, good.test",
        "a.wild.test, *.wild.test",
        "münchen.test, xn--mnchen-3ya.test",
        "127.0.0.1, 127.0.0.1",
    })
    void aCertificateOfATrustedAuthorityForTheNameIsUp(String host, String name) {
        try (var server = server(AUTHORITY.server(name))) {
            CheckResult result = probers.check(https(host, server).contains("ok"));
            assertThat(result.outcome()).as("%s", result).isEqualTo(Outcome.UP);
            assertThat(result.phases().tlsMicros()).isPositive();
            boolean literal = host.equals("127.0.0.1");
            assertThat(namesAskedFor).containsExactly(literal ? "null" : name.replace("*", "a"));
        }
    }

    @ParameterizedTest(name = "{0} with a certificate for {1}")
    @CsvSource({
        "good.test, other.test",
        "a.b.wild.test, *.wild.test",
        "127.0.0.1, good.test",
        "good.test, *.test",
    })
    void aCertificateForAnotherNameIsDown(String host, String name) {
        try (var server = server(AUTHORITY.server(name))) {
            CheckResult result = probers.check(https(host, server));
            assertThat(result.reason()).isEqualTo(Reason.TLS_NAME_MISMATCH);
            assertThat(result.detail())
                    .isEqualTo("the certificate is for %s, not for %s at 127.0.0.1:%d"
                            .formatted(name, host, server.port()));
        }
    }

    @Test
    void aCertificateThatSignedItselfIsUntrusted() {
        try (var server = server(TestAuthority.selfSigned("good.test"))) {
            CheckResult result = probers.check(https("good.test", server));
            assertThat(result.outcome()).isEqualTo(Outcome.DOWN);
            assertThat(result.reason()).isEqualTo(Reason.TLS_UNTRUSTED);
            assertThat(result.detail()).startsWith("the certificate is self-signed at ");
        }
    }

    @Test
    void anAuthorityThatIsNotOursIsUntrusted() {
        try (var server = server(new TestAuthority().server("good.test"))) {
            CheckResult result = probers.check(https("good.test", server));
            assertThat(result.reason()).isEqualTo(Reason.TLS_UNTRUSTED);
            assertThat(result.detail()).contains("issued by CN=Test Authority");
        }
    }

    @Test
    void anExpiredCertificateIsDownByName() {
        try (var server = server(AUTHORITY.expired("good.test"))) {
            CheckResult result = probers.check(https("good.test", server));
            assertThat(result.reason()).isEqualTo(Reason.TLS_EXPIRED);
            assertThat(result.detail()).startsWith("the certificate expired at 2020-01-02T00:00:00Z at ");
        }
    }

    @Test
    void noneOfThisMattersWhereNothingIsVerified() {
        for (SSLContext tls : new SSLContext[] {
            TestAuthority.selfSigned("good.test"), AUTHORITY.expired("good.test"), AUTHORITY.server("other.test")
        }) {
            try (var server = server(tls)) {
                assertThat(probers.check(https("good.test", server).unverified())
                                .outcome())
                        .isEqualTo(Outcome.UP);
            }
        }
    }

    @Test
    void aChainThatWasGoodIsBadAgainOnceItEnds() {
        var later = new MovableTicker();
        try (var server = server(AUTHORITY.server("good.test"));
                var then = TestProbers.with(settings, names(), later)) {
            assertThat(then.check(https("good.test", server)).outcome()).isEqualTo(Outcome.UP);
            assertThat(then.check(https("good.test", server)).outcome()).isEqualTo(Outcome.UP);
            later.at(TestAuthority.END.plusSeconds(1));
            assertThat(then.check(https("good.test", server)).reason()).isEqualTo(Reason.TLS_EXPIRED);
        }
    }

    @Test
    void aCertificateThatIsAboutToExpireFailsItsExpectation() {
        var later = new MovableTicker();
        later.at(TestAuthority.END.minus(Duration.ofHours(20 * 24 + 1)));
        try (var server = server(AUTHORITY.server("good.test"));
                var then = TestProbers.with(settings, names(), later)) {
            assertThat(then.check(https("good.test", server).certificateDays(20))
                            .outcome())
                    .isEqualTo(Outcome.UP);
            CheckResult result = then.check(https("good.test", server).certificateDays(21));
            assertThat(result.reason()).isEqualTo(Reason.ASSERTION_FAILED);
            assertThat(result.detail())
                    .isEqualTo("certificate (valid until 2050-01-01T00:00:00Z, 20 days) does not last 21 more days");
        }
    }

    @Test
    void aTcpCheckAsksForItsOwnServerName() {
        try (var server = server(AUTHORITY.server("good.test"))) {
            var named = new TcpProbe("127.0.0.1", server.port(), true, "good.test", 30, null, null, null);
            CheckResult result = probers.check(Wanted.tcp(named));
            assertThat(result.outcome()).as("%s", result).isEqualTo(Outcome.UP);
            assertThat(result.phases().firstByteMicros()).isEqualTo(PhaseTimes.NONE);
            var unnamed = new TcpProbe("127.0.0.1", server.port(), true, null, null, null, null, null);
            assertThat(probers.check(Wanted.tcp(unnamed)).reason()).isEqualTo(Reason.TLS_NAME_MISMATCH);
        }
    }

    @Test
    void aServerWithoutTlsIsDownByName() {
        try (var plain = StubServer.start(connection -> {
            connection.send("220 mail ready\r\n");
            connection.hang();
        })) {
            CheckResult result = probers.check(https("good.test", plain));
            assertThat(result.reason()).isEqualTo(Reason.TLS_FAILED);
            assertThat(result.detail()).startsWith("the target does not speak TLS at ");
        }
    }

    @Test
    void aServerThatClosesDuringTheHandshakeIsDown() {
        try (var plain = StubServer.start(connection -> connection.pause(20))) {
            CheckResult result = probers.check(https("good.test", plain));
            assertThat(result.outcome()).isEqualTo(Outcome.DOWN);
            assertThat(result.reason()).isIn(Reason.CONNECTION_CLOSED, Reason.CONNECTION_RESET);
        }
    }

    /** The machine's clock, until it is put somewhere else. */
    private static final class MovableTicker implements Ticker {
        private volatile long shiftMillis;

        void at(Instant instant) {
            shiftMillis = instant.toEpochMilli() - Ticker.system().epochMillis();
        }

        @Override
        public long epochMillis() {
            return Ticker.system().epochMillis() + shiftMillis;
        }

        @Override
        public long nanoTime() {
            return Ticker.system().nanoTime();
        }
    }
}
