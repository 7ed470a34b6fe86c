package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.IcmpProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an ICMP check makes of hosts, in networks of its own where this process may make some: one in which sockets for
 * ping are had without privilege, one in which they are raw, and one in which nothing answers. Where it may not, the machine's own loopback is
 * asked, and what is not tested is said aloud.
 */
class IcmpTableTest {
    private static final Table TABLE = new Table();
    private static final Map<Network, TestProbers> PROBERS = new EnumMap<>(Network.class);

    /** Where it happens. */
    private enum Network {
        UNPRIVILEGED("0 2147483647", "0"),
        RAW("1 0", "0"),
        SILENT("0 2147483647", "1");

        private final String pingGroups;
        private final String ignoreAll;

        Network(String pingGroups, String ignoreAll) {
            this.pingGroups = pingGroups;
            this.ignoreAll = ignoreAll;
        }
    }

    @BeforeAll
    static void askAll() throws Exception {
        for (Network network : Network.values()) {
            var probers = open();
            var lane = probers.probers().lanes().next();
            boolean made = lane.loop()
                    .submit(() -> OwnNetwork.enter(network.pingGroups, network.ignoreAll))
                    .get();
            if (made || network == Network.UNPRIVILEGED) {
                PROBERS.put(network, probers);
            } else {
                probers.close();
            }
            if (!made) {
                System.err.println("""
                        ==========================================================================
                        ICMP, network %s: NOT TESTED. This process may not make networks: run the
                        tests as root to see all of it. The machine's own loopback is asked instead.
                        ==========================================================================
                        """.formatted(network));
            }
        }
        Table.lines("icmp-table.txt").forEach(row -> {
            Network network = Network.valueOf(row.substring(0, row.indexOf(' ')));
            TestProbers probers = PROBERS.get(network);
            if (probers != null) {
                TABLE.ask(probers, row, (_, wanted) -> definition(wanted), UnaryOperator.identity());
            }
        });
    }

    private static TestProbers open() {
        ProbeSettings standard = TestProbers.settings(EgressPreset.STANDALONE);
        var settings = new ProbeSettings(1, standard.handshakes(), null, standard.egress());
        var names = new FixedNames()
                .then("here.test", "127.0.0.1")
                .then("here6.test", "::1")
                .then("xn--mnchen-3ya.test", "127.0.0.1")
                .then("metadata.test", "169.254.169.254");
        return TestProbers.with(settings, names, Ticker.system());
    }

    private static Definition definition(String wanted) {
        String[] words = wanted.split(" ");
        Map<String, Integer> options = new HashMap<>();
        Arrays.stream(words)
                .skip(1)
                .map(word -> word.split("="))
                .forEach(pair -> options.put(pair[0], Integer.valueOf(pair[1])));
        return Definition.of(new IcmpProbe(
                words[0],
                options.get("count"),
                options.get("loss"),
                options.get("bytes"),
                options.get("percent"),
                options.get("rtt")));
    }

    @AfterAll
    static void close() {
        PROBERS.values().forEach(TestProbers::close);
    }

    static Stream<Table.Row> rows() {
        return TABLE.rows();
    }

    /** Two lanes open sockets under the same numbers in turn. */
    @Test
    void noReplyIsReadByTheSocketBefore() {
        try (var probers = TestProbers.standalone()) {
            Definition definition = definition("127.0.0.1").with(draft -> {
                draft.periodSeconds = 120;
                draft.timeoutSeconds = 60;
            });
            assertThat(IntStream.range(0, 500)
                            .mapToObj(_ -> probers.check(definition).reason())
                            .distinct())
                    .singleElement()
                    .isIn(Reason.OK, Reason.PROBE_NOT_SUPPORTED);
        }
    }

    /** Neither kind of socket is to be had: the machine's own program pings for us, or we say that nobody does. */
    @Test
    void whereThereAreNoSocketsTheProgramIsRunOrTheKindIsNotSupported() throws Exception {
        try (var probers = open()) {
            boolean made = probers.probers()
                    .lanes()
                    .next()
                    .loop()
                    .submit(() -> {
                        boolean own = OwnNetwork.enter("1 0", "0");
                        if (own) {
                            OwnNetwork.giveUpRawSockets();
                        }
                        return own;
                    })
                    .get();
            if (!made) {
                System.err.println("ICMP without sockets: NOT TESTED, this process may not make networks");
            }
            assumeThat(made).isTrue();
            CheckResult seen = probers.check(definition("127.0.0.1 count=2").with(draft -> {
                draft.periodSeconds = 120;
                draft.timeoutSeconds = 60;
            }));
            if (hasPing()) {
                assertThat(seen.reason()).as("%s", seen).isEqualTo(Reason.OK);
                assertThat(seen.detail()).contains("2 of 2 replies");
            } else {
                System.err.println("ICMP by the ping program: NOT TESTED, this machine has none on its PATH");
                assertThat(seen.outcome()).isEqualTo(Outcome.UNKNOWN);
                assertThat(seen.reason()).isEqualTo(Reason.PROBE_NOT_SUPPORTED);
                assertThat(seen.detail())
                        .isEqualTo("the kernel lets this process ping neither by net.ipv4.ping_group_range nor by"
                                + " CAP_NET_RAW, and there is no ping program");
            }
        }
    }

    private static boolean hasPing() {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ping")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isSeenAs(Table.Row row) {
        CheckResult seen = row.result().join();
        if (seen.reason() == Reason.PROBE_NOT_SUPPORTED) {
            assertThat(PROBERS)
                    .as("a network of our own, in which there must be sockets: %s", seen)
                    .hasSize(1);
            System.err.println("ICMP: NOT TESTED, this machine lets nobody ping: " + seen.detail());
            assumeThat(seen.reason()).as("%s", seen.detail()).isNotEqualTo(Reason.PROBE_NOT_SUPPORTED);
        }
        row.isSeenAsItSays();
    }
}
