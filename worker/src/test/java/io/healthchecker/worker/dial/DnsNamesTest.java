package io.healthchecker.worker.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.testing.StubNameServer;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsNamesTest {
    private StubNameServer server;
    private Lanes lanes;
    private DnsNames names;

    @BeforeEach
    void open() {
        server = StubNameServer.start(Map.of("a.test", "192.0.2.7"));
        lanes = new Lanes(1, 10, Ticker.system());
        names = new DnsNames(
                Path.of("none"), Ticker.system(), new SingletonDnsServerAddressStreamProvider(server.address()));
    }

    @AfterEach
    void close() {
        names.close();
        lanes.close();
        server.close();
    }

    private Future<List<InetAddress>> lookup(String name) {
        return names.addresses(name, lanes.next().loop()).awaitUninterruptibly();
    }

    @Test
    void aNameServerIsAskedOnceWithinTheLifeOfItsAnswer() {
        assertThat(lookup("a.test").getNow()).containsExactly(InetAddress.ofLiteral("192.0.2.7"));
        int queries = server.queriesForA();
        assertThat(lookup("a.test").getNow()).containsExactly(InetAddress.ofLiteral("192.0.2.7"));
        assertThat(server.queriesForA()).isEqualTo(queries).isOne();
    }

    @Test
    void localhostIsNeverAskedOfANameServer() {
        assertThat(lookup("localhost").getNow())
                .containsExactly(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
        assertThat(lookup("app.localhost").getNow()).hasSize(2);
        assertThat(server.queries()).isZero();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            nowhere.test  | DNS_NXDOMAIN | nowhere.test does not exist
            servfail.test | DNS_SERVFAIL | the name server answered SERVFAIL for servfail.test
            refused.test  | DNS_REFUSED  | the name server answered REFUSED for refused.test
            empty.test    | DNS_NO_DATA  | empty.test has no address
            silent.test   | TIMEOUT_DNS  | no name server answered for silent.test
            """)
    void eachWayToHaveNoAddressHasItsReason(String name, Reason reason, String detail) {
        NameFailure failure = NameFailure.of(name, lookup(name).cause());
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.detail()).isEqualTo(detail);
    }
}
