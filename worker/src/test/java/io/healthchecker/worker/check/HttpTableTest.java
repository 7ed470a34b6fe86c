package io.healthchecker.worker.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.core.service.DefinitionRules;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.testing.FreePort;
import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of HTTP probes at real servers: outcome, reason, phases, detail. */
class HttpTableTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();

    private static WebServer server;
    private static ConnectProxy proxy;
    private static TestProbers probers;
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        server = WebServer.start(AUTHORITY);
        proxy = ConnectProxy.start();
        ProbeSettings standard = TestProbers.settings(EgressPreset.STANDALONE);
        probers = TestProbers.with(
                new ProbeSettings(2, standard.handshakes(), AUTHORITY.pem(folder), standard.egress()),
                new FixedNames()
                        .then("good.test", "127.0.0.1")
                        .then("other.test", "127.0.0.1")
                        .then("six.test", "127.0.0.1", "::1")
                        .then("metadata.test", "169.254.169.254"),
                Ticker.system());
        words();
    }

    private static void words() {
        int closed = FreePort.next();
        WORDS.put("OLDPORT", Integer.toString(server.old()));
        WORDS.put("PROXYPORT", Integer.toString(proxy.port()));
        WORDS.put("CLOSEDPORT", Integer.toString(closed));
        WORDS.put(":PLAIN", ":" + server.plain());
        WORDS.put(":BOTH", ":" + server.both());
        WORDS.put(":TLS1", ":" + server.tls1());
        WORDS.put(":OLD", ":" + server.old());
        WORDS.put(":SIX", ":" + server.six());
        WORDS.put(":CLOSED", ":" + closed);
        WORDS.put("PLAIN/", "http://127.0.0.1:%d/".formatted(server.plain()));
        WORDS.put("OLD/", "http://127.0.0.1:%d/".formatted(server.old()));
        WORDS.put("OTHER/", "http://127.0.0.1:%d/".formatted(server.old()));
        WORDS.put("TLS/", "https://good.test:%d/".formatted(server.both()));
        WORDS.put("TLS1/", "https://good.test:%d/".formatted(server.tls1()));
        WORDS.put("MUTUAL/", "https://good.test:%d/".formatted(server.mutual()));
        TestAuthority stranger = new TestAuthority();
        WORDS.put("STRANGE_CLIENT", client(stranger.issue("client")));
        WORDS.put("CLIENT", client(AUTHORITY.issue("client")));
        WORDS.put("STRANGER", value(stranger.text()));
        WORDS.put("AUTHORITY", value(AUTHORITY.text()));
        WORDS.put("SECRET", value("s3cret"));
    }

    private static String client(TestAuthority.Pem pem) {
        return "{\"certificate\":%s,\"privateKey\":%s}".formatted(value(pem.certificates()), value(pem.privateKey()));
    }

    private static String value(String text) {
        return "{\"value\":\"%s\"}".formatted(text.replace("\r", "").replace("\n", "\\n"));
    }

    @AfterAll
    static void close() {
        probers.close();
        proxy.close();
        server.close();
    }

    record Case(String probe, Reason reason, String phases, String detail) {
        @Override
        public String toString() {
            return probe + " => " + reason;
        }
    }

    static Stream<Case> cases() throws IOException {
        String text;
        try (var in = HttpTableTest.class.getResourceAsStream("http-table.txt")) {
            text = new String(in.readAllBytes(), UTF_8);
        }
        List<Case> cases = new ArrayList<>();
        String probe = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("{")) {
                probe = line;
            } else if (line.startsWith("=> ")) {
                String[] parts = line.substring(3).split(" ", 3);
                cases.add(new Case(probe, Reason.valueOf(parts[0]), parts[1], parts.length < 3 ? "" : parts[2]));
            }
        }
        return cases.stream();
    }

    private static String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> word : WORDS.entrySet()) {
            filled = filled.replace(word.getKey(), word.getValue());
        }
        return filled;
    }

    private static Definition definition(String probe) {
        return DefinitionJson.read(
                "{\"periodSeconds\":120,\"timeoutSeconds\":60,\"http\":%s}".formatted(filled(probe)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isWhatTheTableSays(Case row) {
        Definition definition = definition(row.probe());
        assertThat(DefinitionRules.violations(definition, Source.REST)).isEmpty();
        CheckResult result = probers.check(definition);
        assertThat(result.reason()).as("%s", result).isEqualTo(row.reason());
        assertThat(result.outcome()).isEqualTo(row.reason() == Reason.OK ? Outcome.UP : Outcome.DOWN);
        assertThat(phases(result.phases())).as("%s", result).isEqualTo(row.phases());
        if (!row.detail().isEmpty()) {
            assertThat(result.detail()).startsWith(filled(row.detail()));
        }
        assertThat(String.valueOf(result.detail())).doesNotContain("s3cret");
    }

    private static String phases(PhaseTimes times) {
        String measured = letter("D", times.dnsMicros())
                + letter("C", times.connectMicros())
                + letter("T", times.tlsMicros())
                + letter("R", times.firstByteMicros())
                + letter("x", times.transferMicros());
        return measured.isEmpty() ? "-" : measured;
    }

    private static String letter(String letter, int micros) {
        return micros == PhaseTimes.NONE ? "" : letter;
    }

    @Test
    void theTableIsLongEnough() throws IOException {
        assertThat(cases().count()).isGreaterThanOrEqualTo(80);
    }

    @Test
    void aTokenIsKeptUntilItExpiresOrIsNotTaken() {
        var check = probers.probers()
                .prepare(
                        definition(
                                "{\"url\":\"PLAIN/guarded\",\"authentication\":{\"oauth2\":{\"tokenUrl\":\"PLAIN/token/3600\",\"clientId\":\"me\",\"clientSecret\":SECRET}}}"));
        server.requests().clear();
        run(check);
        run(check);
        assertThat(server.requests()).containsExactly("POST /token/3600", "GET /guarded", "GET /guarded");
        // another client takes the next number, and the token that is kept is no longer the right one
        probers.check(
                definition(
                        "{\"url\":\"PLAIN/guarded\",\"authentication\":{\"oauth2\":{\"tokenUrl\":\"PLAIN/token/0\",\"clientId\":\"me\",\"clientSecret\":SECRET}}}"));
        server.requests().clear();
        assertThat(run(check).detail()).isEqualTo("status (401) is not in 200-299");
        assertThat(run(check).outcome()).isEqualTo(Outcome.UP);
        assertThat(server.requests()).containsExactly("GET /guarded", "POST /token/3600", "GET /guarded");
    }

    private static CheckResult run(Check check) {
        return check.run(new io.healthchecker.core.job.Job(
                        0, Ticker.system().epochMillis(), 0, 0, io.healthchecker.core.job.JobKind.MANUAL))
                .toCompletableFuture()
                .join();
    }

    @Test
    void aCertificateThatCannotBeReadIsOurTroubleAndSaysWhich() {
        CheckResult result = probers.check(definition(
                "{\"url\":\"MUTUAL/ok\",\"clientCertificate\":{\"certificate\":SECRET,\"privateKey\":SECRET}}"));
        assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(result.reason()).isEqualTo(Reason.WORKER_FAULT);
        assertThat(result.detail()).isEqualTo("clientCertificate.certificate must be PEM text with certificates");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 407 Proxy Authentication Required~~ | PROXY_REFUSED     | the proxy answers CONNECT with the status 407
            HTTP/1.1 503 Busy~Content-Length: 3~~abc     | PROXY_REFUSED     | the proxy answers CONNECT with the status 503
            220 mail ready~                              | PROTOCOL_ERROR    | the proxy cannot be understood: the answer begins with "220 mail ready"
            -                                            | CONNECTION_CLOSED | the proxy closed without an answer to CONNECT
            """)
    void aProxyThatDoesNotLeadOnSaysSo(String answer, Reason reason, String detail) {
        try (var stub = StubServer.answering(answer.equals("-") ? "" : answer.replace("~", "\r\n"))) {
            CheckResult result = probers.check(definition(
                    "{\"url\":\"PLAIN/ok\",\"proxy\":{\"host\":\"127.0.0.1\",\"port\":%d}}".formatted(stub.port())));
            assertThat(result.reason()).as("%s", result).isEqualTo(reason);
            assertThat(result.detail())
                    .startsWith(detail)
                    .endsWith(" at 127.0.0.1:%d, the proxy".formatted(stub.port()));
        }
    }

    @Test
    void aProxyIsAskedForTheNameAndToldWhoAsks() {
        proxy.requests().clear();
        probers.check(
                definition("{\"url\":\"http://only.the.proxy:PLAIN/ok\",\"proxy\":{\"host\":\"127.0.0.1\",\"port\":"
                        + proxy.port() + ",\"basic\":{\"username\":\"me\",\"password\":SECRET}}}"));
        assertThat(proxy.requests())
                .containsExactly(
                        "CONNECT only.the.proxy:%1$d HTTP/1.1\r\nHost: only.the.proxy:%1$d\r\nProxy-Authorization: Basic bWU6czNjcmV0\r\n\r\n"
                                .formatted(server.plain()));
    }
}
