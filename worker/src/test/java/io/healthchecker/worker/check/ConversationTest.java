package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.protobuf.services.HealthStatusManager;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.testing.Script;
import io.healthchecker.testing.ScriptedNameServer;
import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.TestAuthority;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that is said and heard is told, in whatever protocol; secrets, all of which have a hunter in them, are not. */
class ConversationTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static TestProbers probers;
    private final List<String> told = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void open(@TempDir Path folder) {
        ProbeSettings standard = TestProbers.settings(EgressPreset.STANDALONE);
        probers = TestProbers.with(
                new ProbeSettings(1, standard.handshakes(), AUTHORITY.pem(folder), standard.egress()),
                new FixedNames().then("good.test", "127.0.0.1"),
                Ticker.system());
    }

    @AfterAll
    static void close() {
        probers.close();
    }

    @AfterEach
    void noSecretIsTold() {
        assertThat(String.join("\n", told)).doesNotContain("hunter");
    }

    private Examined examine(Definition definition) {
        return examine(probers, definition);
    }

    private Examined examine(TestProbers which, Definition definition) {
        return which.probers()
                .examine(definition, told::add)
                .toCompletableFuture()
                .orTimeout(80, TimeUnit.SECONDS)
                .join();
    }

    private Examined examine(String json) {
        return examine(DefinitionJson.read(json));
    }

    private void isTold(String... lines) {
        await().untilAsserted(() -> assertThat(told).contains(lines));
    }

    @Test
    void everythingThatIsSaidIsToldButSecrets() {
        String body = "{\"db\":\"ok\",\"access_token\":\"hunter3\",\"echo\":\"hunter2hunter2\"}";
        try (var stub =
                StubServer.answering("HTTP/1.1 200 OK\r\nSet-Cookie: sid=hunter4\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(body.length(), body))) {
            Examined examined = examine(Wanted.http(stub.url("/health?api_key=hunter5&a=b"))
                    .header("Authorization", "Bearer hunter1")
                    .header("X-Shop", "hunter2hunter2")
                    .contains("ok")
                    .definition());
            assertThat(examined.result().outcome()).isEqualTo(Outcome.UP);
            isTold(
                    "* dialling 127.0.0.1:%d".formatted(stub.port()),
                    "* connected to 127.0.0.1",
                    "> GET /health?api_key=***&a=b HTTP/1.1",
                    "> Authorization: ***",
                    "> X-Shop: ***",
                    "< HTTP/1.1 200 OK",
                    "< Set-Cookie: ***",
                    "< {\"db\":\"ok\",\"access_token\":***,\"echo\":\"***\"}");
        }
    }

    /** A token that one step captures is sent by the next, in an address and in a body. */
    @Test
    void whatWasASecretOnceIsOneEverAfter() {
        try (var stub = StubServer.start(connection -> {
            String request = connection.request();
            String body = request.startsWith("GET /login")
                    ? "{\"session\":{\"token\":\"hunterA1/7\"},\"tokens\":[\"hunter8\",\"hunter9\"]}"
                    : "echo of hunterA1%2F7, hunter8, hunter9 and hunterCookie";
            connection.send("HTTP/1.1 200 OK\r\nSet-Cookie: sid=hunterCookie; Path=/\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(body.length(), body));
        })) {
            examine("""
                    {"http": {"url": "%s", "capture": [{"name": "t", "jsonPath": "$.session.token"}], "steps": [
                      {"name": "out", "url": "/out/${t}?a=${t}", "method": "POST", "body": "password=hunter10&t=${t}"}]},
                     "periodSeconds": 120, "timeoutSeconds": 60}
                    """.formatted(stub.url("/login")));
            isTold("> POST /out/***?a=*** HTTP/1.1", "> password=***&t=***");
        }
    }

    @Test
    void http2IsTold() throws Exception {
        try (var server = WebServer.start(AUTHORITY)) {
            examine("""
                    {"http": {"url": "http://127.0.0.1:%d/echo?api_key=hunter5", "httpVersion": "HTTP2", "method": "POST",
                              "headers": [{"name": "Authorization", "value": "Bearer hunter1"},
                                          {"name": "X-Shop", "value": "hunter2hunter2"}],
                              "body": "{\\"secret\\":\\"hunter6\\"}", "bodyContains": "HTTP/2"},
                     "periodSeconds": 120, "timeoutSeconds": 60}
                    """.formatted(server.plain()));
            isTold(
                    "> :method: POST",
                    "> :path: /echo?api_key=***",
                    "> authorization: ***",
                    "> x-shop: ***",
                    "> {\"secret\":***}",
                    "< :status: 200",
                    "< HTTP/2.0",
                    "< authorization: ***",
                    "< x-shop: ***",
                    "< {\"secret\":***}");
        }
    }

    @Test
    void grpcIsTold() throws Exception {
        Server server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .directExecutor()
                .addService(new HealthStatusManager().getHealthService())
                .build()
                .start();
        try {
            Examined seen = examine("""
                    {"grpc": {"host": "127.0.0.1", "port": %d, "service": "shop.Basket",
                              "metadata": [{"name": "authorization", "value": "Bearer hunter1"},
                                           {"name": "x-caller", "value": "hunter2"}]},
                     "periodSeconds": 120, "timeoutSeconds": 60}
                    """.formatted(server.getPort()));
            assertThat(seen.result().reason()).isEqualTo(Reason.GRPC_NOT_FOUND);
            isTold(
                    "> :path: /grpc.health.v1.Health/Check",
                    "> authorization: ***",
                    "> x-caller: ***",
                    "< :status: 200",
                    "< grpc-status: 5");
            assertThat(told).anyMatch(line -> line.startsWith("> ") && line.endsWith("shop.Basket"));
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void websocketsAreTold() throws Exception {
        try (var server = WebsocketServer.start()) {
            Examined seen = examine("""
                    {"websocket": {"url": "%s", "headers": [{"name": "Cookie", "value": "sid=hunter1"}],
                                   "message": "{\\"op\\":\\"ping\\",\\"apiKey\\":\\"hunter22\\"}", "messageContains": "ping"},
                     "periodSeconds": 120, "timeoutSeconds": 60}
                    """.formatted(server.url("/parts")));
            assertThat(seen.result().outcome()).isEqualTo(Outcome.UP);
            isTold(
                    "> Cookie: ***",
                    "> Upgrade: websocket",
                    "< HTTP/1.1 101 Switching Protocols",
                    "> {\"op\":\"ping\",\"apiKey\":***}",
                    "< {\"op\":\"ping\",\"apiKey\":***}",
                    "> CLOSE 1000 Bye");
        }
    }

    @Test
    void whatIsSaidAheadOfTlsIsToldAndWhatIsSaidBehindItToo() {
        var script = new Script("""
                "220 mx\\r\\n" < "250-mx\\r\\n250 STARTTLS\\r\\n" < "220 go\\r\\n" tls < "235 welcome hunter99\\r\\n" < "221 bye\\r\\n"
                """, AUTHORITY.server("good.test"));
        try (var server = StubServer.start(script)) {
            Examined seen = examine("""
                    {"tcp": {"host": "good.test", "port": %d, "startTls": "SMTP", "steps": [
                        {"send": "AUTH PLAIN hunter99\\r\\n"}, {"expect": "^235"},
                        {"send": "PASS hunter1\\r\\n"}, {"expect": "(?m)^221"}]},
                     "periodSeconds": 120, "timeoutSeconds": 60}
                    """.formatted(server.port()));
            assertThat(seen.result().outcome()).as("%s", seen).isEqualTo(Outcome.UP);
            isTold(
                    "< 220 mx",
                    "< 250 STARTTLS",
                    "> STARTTLS",
                    "< 220 go",
                    "> AUTH PLAIN ***",
                    "< 235 welcome ***",
                    "> PASS ***",
                    "< 221 bye");
            assertThat(told).anyMatch(line -> line.startsWith("* TLSv1.3, certificate of good.test"));
        }
    }

    @Test
    void whatIsSaidToAProxyIsTold() {
        try (var proxy = ConnectProxy.start();
                var stub = StubServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            examine("""
                    {"http": {"url": "%s", "proxy": {"host": "127.0.0.1", "port": %d,
                              "basic": {"username": "me", "password": {"value": "hunter1"}}}},
                     "periodSeconds": 120, "timeoutSeconds": 60}
                    """.formatted(stub.url("/"), proxy.port()));
            isTold(
                    "> CONNECT 127.0.0.1:%d HTTP/1.1".formatted(stub.port()),
                    "> Proxy-Authorization: ***",
                    "< HTTP/1.1 200 Connected",
                    "> GET / HTTP/1.1",
                    "< HTTP/1.1 200 OK");
        }
    }

    @Test
    void questionsByDatagramsAreTold() {
        try (var server = ScriptedNameServer.start("AA; www.test CNAME web.test; web.test A 192.0.2.7", null, false)) {
            examine("""
                    {"dns": {"name": "www.test", "server": "127.0.0.1", "port": %d}, "periodSeconds": 120, "timeoutSeconds": 60}
                    """.formatted(server.port()));
            isTold(
                    "* asking 127.0.0.1:%d by datagrams".formatted(server.port()),
                    "> A? www.test, RD, by UDP",
                    "< NOERROR, flags [AA, RD], aliases [web.test], answers [192.0.2.7], authority []");
        }
    }

    @Test
    void echoRequestsAreTold() throws Exception {
        ProbeSettings standard = TestProbers.settings(EgressPreset.STANDALONE);
        try (var own = TestProbers.with(
                new ProbeSettings(1, standard.handshakes(), null, standard.egress()),
                new FixedNames(),
                Ticker.system())) {
            own.probers()
                    .lanes()
                    .next()
                    .loop()
                    .submit(() -> OwnNetwork.enter("0 2147483647", "0"))
                    .get();
            Examined seen = examine(own, DefinitionJson.read("""
                    {"icmp": {"host": "127.0.0.1", "count": 2}, "periodSeconds": 120, "timeoutSeconds": 60}
                    """));
            assumeThat(seen.result().reason()).isNotEqualTo(Reason.PROBE_NOT_SUPPORTED);
            isTold("* pinging 127.0.0.1", "> echo request 2 of 2, 56 bytes");
            assertThat(told).anyMatch(line -> line.matches("< echo reply 2 after [0-9.]+ ms"));
        }
    }
}
