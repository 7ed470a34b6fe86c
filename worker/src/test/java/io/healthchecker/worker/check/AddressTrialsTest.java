package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.testing.StubServer;
import io.healthchecker.worker.dial.DnsNames;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other monitors got wrong about addresses that browsers accept. */
class AddressTrialsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @TempDir
    private Path folder;

    private TestProbers probers;

    @BeforeEach
    void open() throws IOException {
        Path hosts = Files.writeString(
                folder.resolve("hosts"), "127.0.0.1 localhost\n127.0.0.1 xn--mnchen-3ya.test # a comment\n");
        probers = TestProbers.with(
                TestProbers.settings(EgressPreset.STANDALONE), new DnsNames(hosts, Ticker.system()), Ticker.system());
    }

    @AfterEach
    void close() {
        probers.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1]", "[0:0:0:0:0:0:0:1]"})
    void ipv6LiteralsKeepTheirBrackets(String host) {
        try (var stub = StubServer.start(InetAddress.ofLiteral("::1"), connection -> {
            connection.request();
            connection.send(OK);
        })) {
            assertUp(probers.check(Wanted.http("http://%s:%d/".formatted(host, stub.port()))));
            assertThat(stub.requests())
                    .singleElement()
                    .asString()
                    .contains("\r\nHost: [::1]:%d\r\n".formatted(stub.port()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "[::1]", "0:0:0:0:0:0:0:1"})
    void ipv6LiteralsAreHostsWithAndWithoutBrackets(String host) {
        try (var stub = StubServer.start(InetAddress.ofLiteral("::1"), StubServer.Connection::hang)) {
            assertUp(probers.check(Wanted.tcp(host, stub.port())));
        }
    }

    @Test
    void anIpv6LiteralWithoutBracketsIsNoHostOfAnUrl() {
        assertThatThrownBy(() -> probers.check(Wanted.http("http://::1:80/")))
                .hasMessageContaining("an IPv6 address stands in brackets");
    }

    @Test
    void namesInAnyScriptAreAskedForInPunycode() {
        try (var stub = StubServer.answering(OK)) {
            assertUp(probers.check(Wanted.http("http://münchen.test:%d/".formatted(stub.port()))));
            assertThat(stub.requests())
                    .singleElement()
                    .asString()
                    .contains("\r\nHost: xn--mnchen-3ya.test:%d\r\n".formatted(stub.port()));
        }
    }

    @Test
    void schemeAndHostMayBeInCapitalsAndThePathKeepsItsCase() {
        try (var stub = StubServer.answering(OK)) {
            assertUp(probers.check(Wanted.http("HTTP://LOCALHOST:%d/Health?A=b".formatted(stub.port()))));
            assertThat(stub.requests())
                    .singleElement()
                    .asString()
                    .startsWith("GET /Health?A=b HTTP/1.1\r\nHost: localhost:%d\r\n".formatted(stub.port()));
        }
    }

    @Test
    void aTcpHostMayBeInCapitalsOfAnyScript() {
        try (var stub = StubServer.start(StubServer.Connection::hang)) {
            assertUp(probers.check(Wanted.tcp("MÜNCHEN.test", stub.port())));
        }
    }

    private static void assertUp(CheckResult result) {
        assertThat(result.outcome()).as("%s", result).isEqualTo(Outcome.UP);
    }
}
