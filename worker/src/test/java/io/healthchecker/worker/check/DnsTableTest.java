package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.crds.probe.DnsRule;
import io.healthchecker.testing.FreePort;
import io.healthchecker.testing.ScriptedNameServer;
import io.healthchecker.testing.TestAuthority;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a DNS check makes of name servers; how those answer is written as {@link ScriptedNameServer} says. */
class DnsTableTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final Table TABLE = new Table();
    private static SSLContext tls;
    private static TestProbers probers;

    @BeforeAll
    static void askAll(@TempDir Path folder) {
        ProbeSettings standard = TestProbers.settings(EgressPreset.STANDALONE);
        var settings = new ProbeSettings(2, standard.handshakes(), AUTHORITY.pem(folder), standard.egress());
        var names = new FixedNames().then("ns.test", "127.0.0.1").then("metadata.test", "169.254.169.254");
        probers = TestProbers.with(settings, names, Ticker.system());
        tls = AUTHORITY.server("ns.test");
        Table.lines("dns-table.txt").forEach(row -> {
            var port = new int[1];
            TABLE.ask(
                    probers,
                    row,
                    (target, wanted) -> {
                        port[0] = start(target, wanted);
                        return definition(wanted, port[0]);
                    },
                    detail -> detail.replace("PORT", "" + port[0]));
        });
    }

    private static int start(String target, String wanted) {
        if (target.equals("nobody")) {
            return FreePort.next();
        }
        boolean https = wanted.contains("transport=HTTPS");
        boolean encrypted = https || wanted.contains("transport=TLS");
        return TABLE.keep(ScriptedNameServer.start(target, encrypted ? tls : null, https))
                .port();
    }

    private static Definition definition(String wanted, int port) {
        String[] words = wanted.split(" ");
        Map<String, List<String>> options = Arrays.stream(words)
                .skip(1)
                .map(word -> word.split("=", 2))
                .collect(Collectors.groupingBy(
                        pair -> pair[0], Collectors.mapping(pair -> pair[1].replace('_', ' '), Collectors.toList())));
        String transport = one(options, "transport");
        boolean encrypted = "TLS".equals(transport) || "HTTPS".equals(transport);
        String serverName = one(options, "serverName");
        String server = one(options, "server");
        var probe = new DnsProbe(
                words[0],
                one(options, "type"),
                server == null ? "127.0.0.1" : server,
                port,
                transport,
                null,
                encrypted && serverName == null ? "ns.test" : serverName,
                null,
                null,
                one(options, "code"),
                options.get("is"),
                rules(options),
                options.get("authority"),
                options.get("flag"));
        String timeout = one(options, "timeout");
        return Definition.of(probe)
                .with(draft -> draft.timeoutSeconds = timeout == null ? null : Integer.valueOf(timeout));
    }

    private static @Nullable String one(Map<String, List<String>> options, String name) {
        return options.containsKey(name) ? options.get(name).getFirst() : null;
    }

    private static @Nullable List<DnsRule> rules(Map<String, List<String>> options) {
        List<DnsRule> rules = new ArrayList<>();
        options.forEach((name, values) -> {
            String[] parts = name.split(":");
            if (parts.length == 2) {
                String value = values.getFirst();
                rules.add(new DnsRule(
                        parts[0],
                        parts[1].equals("equalTo") ? value : null,
                        parts[1].equals("matches") ? value : null,
                        parts[1].equals("within") ? value : null));
            }
        });
        return rules.isEmpty() ? null : rules;
    }

    @AfterAll
    static void close() throws Exception {
        TABLE.close();
        probers.close();
    }

    static Stream<Table.Row> rows() {
        return TABLE.rows();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isSeenAs(Table.Row row) {
        row.isSeenAsItSays();
    }

    @Test
    void theTableIsLongEnough() {
        assertThat(TABLE.rows()).hasSizeGreaterThanOrEqualTo(80);
    }

    @Test
    void eachWayToFailHasAReasonOfItsOwn() {
        String good = "; www.test A 192.0.2.10";
        String line = String.join(" // ", good, "SERVFAIL", good, "silent", good, "REFUSED", good, "NXDOMAIN");
        try (var server = ScriptedNameServer.start(line, null, false)) {
            Definition definition = definition("www.test", server.port()).with(draft -> {
                draft.periodSeconds = 120;
                draft.timeoutSeconds = 60;
            });
            Definition hasty = definition.with(draft -> draft.timeoutSeconds = 1);
            assertThat(IntStream.range(0, 9)
                            .mapToObj(i -> probers.check(i == 3 ? hasty : definition)) // the fourth answer is none
                            .map(CheckResult::reason))
                    .extracting(Enum::name)
                    .containsExactly(
                            "OK",
                            "DNS_SERVFAIL",
                            "OK",
                            "TIMEOUT_RESPONSE",
                            "OK",
                            "DNS_REFUSED",
                            "OK",
                            "DNS_NXDOMAIN",
                            "DNS_NXDOMAIN");
        }
    }
}
