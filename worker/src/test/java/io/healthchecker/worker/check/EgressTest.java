package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.testing.StubServer;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address is resolved, judged, and then that very address is dialled; again after each redirect. */
class EgressTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    void theJudgedAddressIsDialledAndTheNameIsNotAskedForAgain() {
        var names = new FixedNames().then("rebinding.test", "127.0.0.1").then("rebinding.test", "169.254.169.254");
        try (var probers = TestProbers.standalone(names);
                var stub = StubServer.answering(OK)) {
            CheckResult result = probers.check(Wanted.http("http://rebinding.test:%d/".formatted(stub.port())));
            assertThat(result.outcome()).isEqualTo(Outcome.UP);
            assertThat(names.lookups()).isOne();
        }
    }

    @Test
    void aRedirectIsResolvedAndJudgedAnew() {
        var names = new FixedNames().then("rebinding.test", "127.0.0.1").then("rebinding.test", "169.254.169.254");
        try (var probers = TestProbers.standalone(names);
                var stub = StubServer.answering("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")) {
            CheckResult result = probers.check(Wanted.http("http://rebinding.test:%d/".formatted(stub.port())));
            assertThat(result.outcome()).isEqualTo(Outcome.DOWN);
            assertThat(result.reason()).isEqualTo(Reason.EGRESS_DENIED);
            assertThat(result.detail())
                    .isEqualTo("169.254.169.254:%d is denied by the rule “metadata”, following 302"
                            .formatted(stub.port()));
            assertThat(stub.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://[::ffff:169.254.169.254]/",
                "http://[fd00:ec2::254]/",
                "http://0.0.0.0/",
                "http://2852039166/",
                "//169.254.169.254/"
            })
    void aRedirectToADeniedAddressIsRefusedHoweverItIsWritten(String location) {
        try (var probers = TestProbers.standalone();
                var stub = StubServer.answering(
                        "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n".formatted(location))) {
            assertThat(probers.check(Wanted.http(stub.url("/"))).reason()).isEqualTo(Reason.EGRESS_DENIED);
        }
    }

    @Test
    void oneDeniedAddressAmongSeveralIsEnough() {
        var names = new FixedNames().then("mixed.test", "127.0.0.1", "169.254.169.254");
        try (var probers = TestProbers.standalone(names);
                var stub = StubServer.answering(OK)) {
            CheckResult result = probers.check(Wanted.tcp("mixed.test", stub.port()));
            assertThat(result.reason()).isEqualTo(Reason.EGRESS_DENIED);
            assertThat(stub.connections()).isZero();
        }
    }

    @Test
    void loopbackIsDeniedInACluster() {
        try (var probers = TestProbers.with(
                        TestProbers.settings(EgressPreset.KUBERNETES), new FixedNames(), Ticker.system());
                var stub = StubServer.answering(OK)) {
            CheckResult result = probers.check(Wanted.http(stub.url("/")));
            assertThat(result.detail())
                    .isEqualTo("127.0.0.1:%d is denied by the rule “loopback”".formatted(stub.port()));
        }
    }

    @Test
    void ourOwnDatabasesAreNotProbedUnderAnyOfTheirAddresses() {
        var names = new FixedNames().then("database.test", "127.0.0.1").then("alias.test", "127.0.0.9");
        try (var stub = StubServer.answering(OK);
                var probers = TestProbers.standalone(
                        names, InetSocketAddress.createUnresolved("database.test", stub.port()))) {
            for (String host : new String[] {"127.0.0.1", "127.0.0.2", "::1", "database.test", "alias.test"}) {
                CheckResult result = probers.check(Wanted.tcp(host, stub.port()));
                assertThat(result.reason()).as(host).isEqualTo(Reason.EGRESS_DENIED);
                assertThat(result.detail()).endsWith("is denied by the rule “own endpoint”");
            }
            assertThat(stub.connections()).isZero();
        }
    }
}
