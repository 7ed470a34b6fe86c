package io.healthchecker.worker.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.time.Ticker;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PingProgramTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        iputils      | 64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.034 ms/64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=0.066 ms//--- 127.0.0.1 ping statistics ---/2 packets transmitted, 2 received, 0% packet loss, time 201ms/rtt min/avg/max/mdev = 0.034/0.050/0.066/0.016 ms | 2 | 34000 66000
        none came    | --- 192.0.2.1 ping statistics ---/2 packets transmitted, 0 received, 100% packet loss, time 204ms | 2 |
        an error     | From 192.0.2.7 icmp_seq=1 Destination Host Unreachable/1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms | 1 |
        a second one | 64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=1.00 ms/64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=2.00 ms (DUP!)/1 packets transmitted, 1 received, +1 duplicates, 0% packet loss, time 0ms | 1 | 1000000
        busybox      | 64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.051 ms/3 packets transmitted, 1 packets received, 66% packet loss/round-trip min/avg/max = 0.051/0.051/0.051 ms | 3 | 51000
        very near    | 64 bytes from 127.0.0.1: icmp_seq=0 time<1 ms/1 packets transmitted, 1 received, 0% packet loss | 1 | 1000000
        """)
    void whatItPrintsIsUnderstood(String kind, String text, int sent, String nanos) {
        PingProgram.Outcome outcome = PingProgram.read(text.replace("/", "\n"));
        assertThat(outcome).as(kind).isNotNull();
        assertThat(outcome.sent()).isEqualTo(sent);
        assertThat(outcome.rttNanos())
                .isEqualTo(
                        nanos == null
                                ? List.of()
                                : List.of(nanos.split(" ")).stream()
                                        .map(Long::valueOf)
                                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"''", "ping: socket: Operation not permitted", "ping: usage error: Destination address required"})
    void whatItSaysWhenItMayNotPingIsNoOutcome(String text) {
        assertThat(PingProgram.read(text)).isNull();
    }

    @Test
    void theRealOneIsRun() throws Exception {
        Path ping = PingProgram.find();
        if (ping == null) {
            System.err.println("ping: NOT RUN, this machine has none on its PATH");
        }
        Assumptions.assumeThat(ping).isNotNull();
        try (var lanes = new Lanes(1, 1, Ticker.system())) {
            var outcome = new CompletableFuture<PingProgram.Outcome>();
            PingProgram.start(
                    ping,
                    InetAddress.ofLiteral("127.0.0.1"),
                    new PingProgram.Request(2, 56, 1),
                    lanes.next(),
                    outcome::complete);
            PingProgram.Outcome seen = outcome.get(20, TimeUnit.SECONDS);
            Assumptions.assumeThat(seen).as("it may not ping here").isNotNull();
            assertThat(seen.sent()).isEqualTo(2);
            assertThat(seen.rttNanos()).hasSize(2).allMatch(nanos -> nanos > 0);
        }
    }
}
