package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.crds.probe.TcpStep;
import io.healthchecker.testing.Script;
import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.TestAuthority;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a TCP check makes of servers: a script for the server, steps of the probe ({@code ?} expects, {@code !} sends,
 * {@code #} sends bytes; a word in front asks for STARTTLS), and what is seen. All are asked at once.
 */
class TcpTableTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final Table TABLE = new Table();
    private static TestProbers probers;

    @BeforeAll
    static void askAll(@TempDir Path folder) {
        ProbeSettings standard = TestProbers.settings(EgressPreset.STANDALONE);
        var settings = new ProbeSettings(2, standard.handshakes(), AUTHORITY.pem(folder), standard.egress());
        probers = TestProbers.with(settings, new FixedNames(), Ticker.system());
        SSLContext tls = AUTHORITY.server("mail.test");
        String big = "\"" + "x".repeat(5_000) + "\" 20ms \"" + "x".repeat(5_000) + "\"";
        Table.lines("tcp-table.txt").forEach(row -> {
            var port = new int[1];
            TABLE.ask(
                    probers,
                    row,
                    (target, wanted) -> {
                        var script = new Script(target.replace("BIG", big), tls);
                        port[0] = TABLE.keep(StubServer.start(script)).port();
                        return definition(wanted, port[0]);
                    },
                    detail -> detail.replace("PORT", "" + port[0]));
        });
    }

    @AfterAll
    static void close() throws Exception {
        TABLE.close();
        probers.close();
    }

    private static Definition definition(String text, int port) {
        String protocol = text.matches("[A-Z0-9]{4,}.*") ? text.replaceFirst("(?s) .*", "") : null;
        String script =
                protocol == null ? text : text.substring(protocol.length()).strip();
        List<TcpStep> steps = script.isEmpty()
                ? null
                : Arrays.stream(script.split(" ;; ")).map(TcpTableTest::step).toList();
        String name = protocol == null ? null : "mail.test";
        return Definition.of(new TcpProbe("127.0.0.1", port, null, name, null, null, protocol, steps));
    }

    private static TcpStep step(String text) {
        String rest = text.substring(2);
        return switch (text.charAt(0)) {
            case '?' -> TcpStep.expect(rest);
            case '!' -> TcpStep.send(Script.unescaped(rest));
            case '#' -> new TcpStep(null, null, rest);
            default -> throw new IllegalArgumentException(text);
        };
    }

    static Stream<Table.Row> rows() {
        return TABLE.rows();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isSeenAs(Table.Row row) {
        row.isSeenAsItSays();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SMTP | "220-a\\r\\n220 b\\r\\n" < "250-x\\r\\n250 STARTTLS\\r\\n" < "220 go\\r\\n" tls hang
            IMAP | "* OK hi\\r\\n" < "a1 OK\\r\\n" tls hang
            """)
    void anUpgradedConnectionShowsUntilWhenItsCertificateLasts(String protocol, String script) {
        try (var server = StubServer.start(new Script(script, AUTHORITY.server("mail.test")))) {
            var probe = new TcpProbe("127.0.0.1", server.port(), null, "mail.test", 30, null, protocol, null);
            Examined examined = probers.probers()
                    .examine(Definition.of(probe))
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertThat(examined.result().outcome()).as("%s", examined.result()).isEqualTo(Outcome.UP);
            assertThat(examined.facts().certificate().notAfter()).isEqualTo(TestAuthority.END);
        }
    }

    @Test
    void theTableIsLongEnough() {
        assertThat(TABLE.rows()).hasSizeGreaterThanOrEqualTo(60);
    }
}
