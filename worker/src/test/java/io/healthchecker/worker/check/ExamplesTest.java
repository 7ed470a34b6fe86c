package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.service.DefinitionFile;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.core.service.DefinitionReader;
import io.healthchecker.core.service.NamedDefinition;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.Probe;
import io.healthchecker.testing.FreePort;
import io.healthchecker.testing.Script;
import io.healthchecker.testing.ScriptedNameServer;
import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.TestAuthority;
import io.healthchecker.testing.TestRedis;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every example of a probe that we show to others is run against a server that is what it says: only its port is another,
 * and its name leads to this machine. Heartbeats are run where they report, by the tests of the API.
 */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static final Map<String, Integer> PORTS = new HashMap<>();
    private static TestProbers probers;
    private static TestProbers pingers;
    private static boolean pinging;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        ProbeSettings standard = TestProbers.settings(EgressPreset.STANDALONE);
        FixedNames names = new FixedNames();
        Stream.of("shop", "mail", "cache", "dns", "prices", "gateway")
                .forEach(name -> names.then(name + ".example.com", "127.0.0.1"));
        names.then("basket.shop.svc", "127.0.0.1");
        var settings = new ProbeSettings(1, standard.handshakes(), AUTHORITY.pem(folder), standard.egress());
        probers = keep(TestProbers.with(settings, names, Ticker.system()));
        pingers = keep(TestProbers.with(settings, names, Ticker.system()));
        PORTS.put(
                "shop-name",
                keep(ScriptedNameServer.start("; shop.example.com A 192.0.2.7", null, false))
                        .port());
        PORTS.put(
                "shop-name-elsewhere",
                keep(ScriptedNameServer.start(
                                "AD; shop.example.com A 192.0.2.7; shop.example.com A 192.0.2.8",
                                AUTHORITY.server("dns.example.com"),
                                false))
                        .port());
        PORTS.put("basket", basket());
        PORTS.put("checkout", encrypted("shop.example.com", ExamplesTest::shop));
        PORTS.put("basket-journey", PORTS.get("checkout"));
        PORTS.put("shop-certificate", encrypted("shop.example.com", StubServer.Connection::hang));
        PORTS.put("mail", encrypted("imap.example.com", StubServer.Connection::hang));
        PORTS.put("mail-submission", keep(StubServer.start(mail())).port());
        PORTS.put("cache", TestRedis.freshDatabase().getPort());
        PORTS.put(
                "live-prices",
                keep(WebsocketServer.encrypted(AUTHORITY.server("prices.example.com"), false))
                        .port());
        pinging = pingers.probers()
                .lanes()
                .next()
                .loop()
                .submit(() -> OwnNetwork.enter("0 2147483647", "0"))
                .get();
    }

    private static <T extends AutoCloseable> T keep(T one) {
        OPEN.add(one);
        return one;
    }

    private static int encrypted(String name, StubServer.Script script) {
        return keep(StubServer.encrypted(AUTHORITY.server(name), script)).port();
    }

    private static int basket() throws IOException {
        TestAuthority.Pem pem = AUTHORITY.issue("basket.example.com");
        var health = new HealthStatusManager();
        health.setStatus("shop.Basket", ServingStatus.SERVING);
        Server server = Grpc.newServerBuilderForPort(
                        0,
                        TlsServerCredentials.create(
                                new ByteArrayInputStream(pem.certificates().getBytes(StandardCharsets.US_ASCII)),
                                new ByteArrayInputStream(pem.privateKey().getBytes(StandardCharsets.US_ASCII))))
                .directExecutor()
                .addService(health.getHealthService())
                .build()
                .start();
        OPEN.add(server::shutdownNow);
        return server.getPort();
    }

    private static Script mail() {
        return new Script("""
                "220 mail.example.com ESMTP\\r\\n" < "250-mail.example.com\\r\\n250 STARTTLS\\r\\n" < "220 go\\r\\n" tls \
                < "250-mail.example.com\\r\\n250 SIZE\\r\\n" < "221 bye\\r\\n"
                """, AUTHORITY.server("mail.example.com"));
    }

    private static void shop(StubServer.Connection connection) throws IOException {
        String request = connection.request();
        String line = request.substring(0, request.indexOf(" HTTP/1.1"));
        boolean known = request.contains("Authorization: Bearer t 1/x+");
        switch (line) {
            case "GET /health" ->
                answer(
                        connection,
                        "Cache-Control: no-store\r\n",
                        "{\"status\":\"ok\",\"db\":\"ok\",\"queue\":[1,2],\"cache\":\"warm\"}");
            case "POST /api/login" -> answer(connection, "", "{\"session\":{\"token\":\"t 1/x+\"}}");
            case "GET /api/baskets/mine" ->
                answer(connection, known ? "X-Basket-Id: 7&8\r\n" : "", known ? "{\"items\":[]}" : "{}");
            case "DELETE /api/login/t%201%2Fx%2B?basket=7%268" ->
                connection.send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            default -> connection.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        }
    }

    private static void answer(StubServer.Connection connection, String headers, String json) throws IOException {
        connection.send(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n%sConnection: close\r\n\r\n".formatted(headers));
        connection.send(json.getBytes(StandardCharsets.UTF_8));
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable one : OPEN) {
            one.close();
        }
    }

    static Stream<NamedDefinition> probed() throws IOException {
        List<NamedDefinition> all = new ArrayList<>(read(EXAMPLES.resolve("files/http-steps.yaml")));
        try (var files = Files.list(EXAMPLES.resolve("probes"))) {
            for (Path file : files.sorted().toList()) {
                all.addAll(read(file));
            }
        }
        return all.stream().filter(each -> each.definition().heartbeat() == null);
    }

    static Stream<NamedDefinition> atPorts() throws IOException {
        return probed().filter(each -> each.definition().icmp() == null);
    }

    private static List<NamedDefinition> read(Path file) throws IOException {
        DefinitionFile read = DefinitionReader.read(file.toString(), Files.readAllBytes(file));
        assertThat(read.errors()).isEmpty();
        return read.definitions();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("probed")
    void isUpAgainstWhatItSays(NamedDefinition example) {
        boolean icmp = example.definition().icmp() != null;
        if (icmp && !pinging) {
            System.err.println(
                    "examples/probes/icmp.yaml: NOT RUN. This process may not make networks, see ICMP above.");
            assumeThat(pinging).isTrue();
        }
        TestProbers asking = icmp ? pingers : probers;
        Definition moved = icmp ? example.definition() : moved(example);
        // the first handshake of a JVM may be slower than an example finds good
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            CheckResult seen = asking.check(moved);
            assertThat(seen.outcome()).as("%s", seen).isEqualTo(Outcome.UP);
        });
    }

    /** What is up whatever the target says would be no example. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("atPorts")
    void isDownWhereNobodyIs(NamedDefinition example) {
        Definition nowhere = at(example.definition(), FreePort.next());
        // an example's own time may be short for a busy machine
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            CheckResult seen = probers.check(nowhere);
            assertThat(seen.reason()).as("%s", seen).isEqualTo(Reason.CONNECT_REFUSED);
        });
    }

    @Test
    void everyKindHasAnExample() throws IOException {
        var kinds = probed().map(each -> each.definition().probes().keySet()).flatMap(java.util.Set::stream);
        assertThat(Stream.concat(kinds, Stream.of("heartbeat")).collect(Collectors.toSet()))
                .isEqualTo(Arrays.stream(Definition.class.getRecordComponents())
                        .filter(component -> Probe.class.isAssignableFrom(component.getType()))
                        .map(java.lang.reflect.RecordComponent::getName)
                        .collect(Collectors.toSet()));
    }

    private static Definition moved(NamedDefinition example) {
        Integer port = PORTS.get(example.name());
        assertThat(port).as("a server for the example %s", example.name()).isNotNull();
        return at(example.definition(), port);
    }

    private static Definition at(Definition definition, int port) {
        ObjectNode tree = (ObjectNode) DefinitionJson.tree(DefinitionJson.write(definition));
        String kind = definition.probes().keySet().iterator().next();
        ObjectNode probe = (ObjectNode) tree.get(kind);
        if (probe.has("url")) {
            probe.put("url", probe.get("url").stringValue().replaceFirst("(//[^/]+)", "$1:" + port));
        } else {
            probe.put("port", port);
        }
        if (kind.equals("dns") && !probe.has("server")) {
            probe.put("server", "127.0.0.1");
        }
        return DefinitionJson.read(tree.toString());
    }
}
