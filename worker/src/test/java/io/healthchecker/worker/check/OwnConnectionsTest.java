package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.TlsServerCredentials;
import io.grpc.protobuf.services.HealthStatusManager;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.core.service.DefinitionRules;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.service.Violation;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.testing.TestAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Calls of gRPC and WebSockets by authorities, certificate, server name and proxy of a definition's own: servers that
 * demand a certificate, signed by an authority that the worker does not know.
 */
class OwnConnectionsTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static Server grpc;
    private static WebsocketServer websocket;
    private static ConnectProxy proxy;
    private static TestProbers probers;

    @BeforeAll
    static void open() throws Exception {
        TestAuthority.Pem pem = AUTHORITY.issue("good.test");
        var credentials = TlsServerCredentials.newBuilder()
                .keyManager(stream(pem.certificates()), stream(pem.privateKey()))
                .trustManager(stream(AUTHORITY.text()))
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
        grpc = Grpc.newServerBuilderForPort(0, credentials)
                .directExecutor()
                .addService(new HealthStatusManager().getHealthService())
                .build()
                .start();
        websocket = WebsocketServer.encrypted(AUTHORITY.demandingServer("good.test"), true);
        proxy = ConnectProxy.start();
        FixedNames names = new FixedNames().then("good.test", "127.0.0.1").then("other.test", "127.0.0.1");
        probers = TestProbers.with(TestProbers.settings(EgressPreset.STANDALONE), names, Ticker.system());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @AfterAll
    static void close() throws IOException {
        probers.close();
        proxy.close();
        websocket.close();
        grpc.shutdownNow();
    }

    /** Words of what is said: ca, cert, proxy, sni; and what is wrong with them. */
    private static Definition definition(String kind, String host, String words) {
        TestAuthority.Pem own = AUTHORITY.issue("client");
        StringBuilder probe = new StringBuilder();
        for (String word : words.split(" ")) {
            probe.append(
                    switch (word) {
                        case "ca" ->
                            field("certificateAuthorities", "{\"value\":%s}".formatted(json(AUTHORITY.text())));
                        case "otherca" ->
                            field(
                                    "certificateAuthorities",
                                    "{\"value\":%s}".formatted(json(new TestAuthority().text())));
                        case "badca" -> field("certificateAuthorities", "{\"value\":\"hunter2\"}");
                        case "cert" ->
                            field(
                                    "clientCertificate",
                                    "{\"certificate\":{\"value\":%s},\"privateKey\":{\"value\":%s}}"
                                            .formatted(json(own.certificates()), json(own.privateKey())));
                        case "sni" -> field("serverName", "\"good.test\"");
                        case "proxy" -> field("proxy", "{\"host\":\"127.0.0.1\",\"port\":%d}".formatted(proxy.port()));
                        case "-" -> "";
                        default -> throw new IllegalArgumentException(word);
                    });
        }
        String target = kind.equals("grpc")
                ? "\"host\":\"%s\",\"port\":%d,\"tls\":true".formatted(host, grpc.getPort())
                : "\"url\":\"wss://%s:%d/echo\"".formatted(host, websocket.port());
        return DefinitionJson.read(
                "{\"%s\":{%s%s},\"periodSeconds\":120,\"timeoutSeconds\":60}".formatted(kind, target, probe));
    }

    private static String field(String name, String value) {
        return ",\"%s\":%s".formatted(name, value);
    }

    private static String json(String text) {
        return "\"" + text.replace("\n", "\\n").replace("\r", "") + "\"";
    }

    @ParameterizedTest(name = "{0} at {1} with {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
        grpc      | good.test  | ca cert           | OK
        grpc      | good.test  | ca                | TLS_FAILED CONNECTION_CLOSED CONNECTION_RESET
        grpc      | good.test  | cert              | TLS_UNTRUSTED
        grpc      | good.test  | otherca cert      | TLS_UNTRUSTED
        grpc      | good.test  | badca             | WORKER_FAULT
        grpc      | other.test | ca cert           | TLS_NAME_MISMATCH
        grpc      | other.test | ca cert sni       | OK
        grpc      | good.test  | ca cert proxy     | OK
        grpc      | other.test | ca cert sni proxy | OK
        websocket | good.test  | ca cert           | OK
        websocket | good.test  | ca                | TLS_FAILED CONNECTION_CLOSED CONNECTION_RESET
        websocket | good.test  | cert              | TLS_UNTRUSTED
        websocket | good.test  | otherca cert      | TLS_UNTRUSTED
        websocket | good.test  | badca             | WORKER_FAULT
        websocket | other.test | ca cert           | TLS_NAME_MISMATCH
        websocket | other.test | ca cert sni       | OK
        websocket | good.test  | ca cert proxy     | OK
        websocket | other.test | ca cert sni proxy | OK
        """)
    void isSeenAs(String kind, String host, String words, String reasons) {
        proxy.requests().clear();
        Definition definition = definition(kind, host, words);
        assertThat(DefinitionRules.violations(definition, Source.REST)).isEmpty();
        CheckResult seen = probers.check(definition);
        assertThat(seen.reason().name()).as("%s", seen).isIn((Object[]) reasons.split(" "));
        assertThat(String.valueOf(seen.detail())).doesNotContain("hunter2");
        int port = kind.equals("grpc") ? grpc.getPort() : websocket.port();
        if (words.contains("proxy")) {
            assertThat(proxy.requests())
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request).startsWith("CONNECT %s:%d HTTP/1.1\r\n".formatted(host, port)));
        } else {
            assertThat(proxy.requests()).isEmpty();
        }
    }

    @Test
    void whatTheProxyMayNotReachIsDenied() {
        Definition denied = DefinitionJson.read("""
                {"websocket": {"url": "ws://169.254.169.254/", "proxy": {"host": "127.0.0.1", "port": %d}},
                 "periodSeconds": 120, "timeoutSeconds": 60}
                """.formatted(proxy.port()));
        assertThat(probers.check(denied).reason()).isEqualTo(Reason.EGRESS_DENIED);
    }

    @ParameterizedTest(name = "{0} is refused by {1}")
    @CsvSource(delimiter = '|', textBlock = """
        {"grpc":{"host":"a.test","port":1,"clientCertificate":{"certificate":{"value":"a"},"privateKey":{"value":"b"}}}} | grpc.clientCertificate
        {"grpc":{"host":"a.test","port":1,"certificateAuthorities":{"value":"a"}}} | grpc.certificateAuthorities
        {"grpc":{"host":"a.test","port":1,"tls":true,"tlsVerification":"None","certificateAuthorities":{"value":"a"}}} | grpc.certificateAuthorities
        {"grpc":{"host":"a.test","port":1,"proxy":{"host":"a b","port":1}}} | grpc.proxy.host
        {"websocket":{"url":"ws://a.test/","serverName":"a.test"}} | websocket.serverName
        {"websocket":{"url":"ws://a.test/","certificateAuthorities":{"value":"a"}}} | websocket.certificateAuthorities
        {"websocket":{"url":"wss://a.test/","tlsVerification":"None","certificateAuthorities":{"value":"a"}}} | websocket.certificateAuthorities
        {"websocket":{"url":"wss://a.test/","proxy":{"host":"a.test","port":0}}} | websocket.proxy.port
        """)
    void whatCannotBeIsRefusedWithItsField(String definition, String field) {
        assertThat(DefinitionRules.violations(DefinitionJson.read(definition), Source.REST))
                .extracting(Violation::field)
                .containsExactly(field);
    }
}
