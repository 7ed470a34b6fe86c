package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.TlsProbe;
import io.healthchecker.testing.BlackHole;
import io.healthchecker.testing.FreePort;
import io.healthchecker.testing.Script;
import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a TLS check makes of servers; a word in front of a colon is one that breaks off after so many records. */
class TlsTableTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final Table TABLE = new Table();
    private static final Map<String, Integer> PORTS = new HashMap<>();
    private static String fingerprint = "";
    private static TestProbers probers;
    private static long descriptors;

    @BeforeAll
    static void askAll(@TempDir Path folder) {
        ProbeSettings standard = TestProbers.settings(EgressPreset.STANDALONE);
        var settings = new ProbeSettings(2, standard.handshakes(), AUTHORITY.pem(folder), standard.egress());
        var names = new FixedNames()
                .then("good.test", "127.0.0.1")
                .then("a.wild.test", "127.0.0.1")
                .then("wild.test", "127.0.0.1")
                .then("metadata.test", "169.254.169.254");
        probers = TestProbers.with(settings, names, Ticker.system());
        SSLContext good = AUTHORITY.server("good.test");
        fingerprint = AUTHORITY.lastFingerprint();
        serve("good", good);
        serve("wild", AUTHORITY.server("*.wild.test"));
        serve("address", AUTHORITY.server("127.0.0.1"));
        serve("expired", AUTHORITY.expired("good.test"));
        serve("notyet", AUTHORITY.notYetValid("good.test"));
        serve("self", TestAuthority.selfSigned("good.test"));
        serve("stranger", new TestAuthority().server("good.test"));
        serve("chain", AUTHORITY.byIntermediate(TestAuthority.END, "good.test"));
        Instant soon = Instant.ofEpochMilli(Ticker.system().epochMillis()).plus(10, ChronoUnit.DAYS);
        serve("short", AUTHORITY.byIntermediate(soon.truncatedTo(ChronoUnit.SECONDS), "good.test"));
        serve("expiredchain", AUTHORITY.byIntermediate(Instant.parse("2021-01-01T00:00:00Z"), "good.test"));
        serve("missing", AUTHORITY.withoutIntermediate("good.test"));
        serve("tls12", good, "TLSv1.2", null);
        serve("tls13", good, "TLSv1.3", null);
        serve("aes256", good, "TLSv1.3", "TLS_AES_256_GCM_SHA384");
        PORTS.put("hole", TABLE.keep(BlackHole.open()).port());
        PORTS.put("nobody", FreePort.next());
        await().until(() -> probers.check(definition("good", "good.test")).detail() != null);
        descriptors = descriptors();
        Table.lines("tls-table.txt").forEach(row -> {
            String target = row.split(" \\| ")[0].strip();
            TABLE.ask(probers, row, TlsTableTest::definition, detail -> detail.replace("PORT", "" + PORTS.get(target)));
        });
    }

    private static void serve(String name, SSLContext tls) {
        serve(name, tls, null, null);
    }

    private static void serve(String name, SSLContext tls, @Nullable String version, @Nullable String cipher) {
        PORTS.put(
                name,
                TABLE.keep(StubServer.start(connection -> {
                            connection.encrypt(tls, socket -> {
                                if (version != null) {
                                    socket.setEnabledProtocols(new String[] {version});
                                }
                                if (cipher != null) {
                                    socket.setEnabledCipherSuites(new String[] {cipher});
                                }
                            });
                            connection.hang();
                        }))
                        .port());
    }

    private static Definition definition(String target, String wanted) {
        int port = PORTS.computeIfAbsent(target, TlsTableTest::start);
        String[] words = wanted.split(" ");
        Map<String, String> options = new HashMap<>();
        Arrays.stream(words).skip(1).map(word -> word.split("=")).forEach(pair -> options.put(pair[0], pair[1]));
        String sha = options.get("sha");
        String ciphers = options.get("cipher");
        return Definition.of(new TlsProbe(
                words[0],
                port,
                options.get("serverName"),
                number(options.get("days")),
                number(options.get("chain")),
                options.get("verify"),
                options.get("minimum"),
                "GOOD".equals(sha) ? fingerprint : sha,
                ciphers == null ? null : List.of(ciphers.split(","))));
    }

    private static int start(String target) {
        if (!target.matches("(stall|reset|close)(12)?:\\d")) {
            return TABLE.keep(StubServer.start(new Script(target, null))).port();
        }
        int behind = PORTS.get(target.contains("12:") ? "tls12" : "tls13");
        int records = Integer.parseInt(target.substring(target.indexOf(':') + 1));
        return TABLE.keep(StubServer.start(new BrokenTls(behind, records, target.substring(0, 5))))
                .port();
    }

    private static @Nullable Integer number(@Nullable String digits) {
        return digits == null ? null : Integer.valueOf(digits);
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void everythingIsClosed() throws Exception {
        TABLE.close();
        await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(descriptors));
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
        assertThat(TABLE.rows()).hasSizeGreaterThanOrEqualTo(60);
    }
}
