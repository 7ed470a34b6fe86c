package io.healthchecker.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SecurityHeadersTest {
    private final Api api = Api.shared();

    @Test
    void everyAnswerTellsBrowsersToDoNothingWithIt() {
        Caller caller = api.somebody().caller();
        for (Answer answer : List.of(
                caller.get("/api/v1/services"),
                caller.get("/api/v1/nothing"),
                api.anybody().get("/api/v1/services"),
                api.anybody().post("/api/v1/auth/login", "{"),
                api.anybody().get("/actuator/health"))) {
            assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Cache-Control")).containsAnyOf("no-store", "no-cache");
            assertThat(answer.header("Server")).isEmpty();
        }
    }

    @Test
    void noOtherOriginMayReadAnswers() {
        Caller foreign = api.somebody().caller().with("Origin", "https://evil.example");

        assertThat(foreign.get("/api/v1/services").header("Access-Control-Allow-Origin"))
                .isEmpty();
        Answer preflight = api.anybody()
                .with("Origin", "https://evil.example")
                .with("Access-Control-Request-Method", "POST")
                .send("OPTIONS", "/api/v1/services", new byte[0]);
        assertThat(preflight.status()).isEqualTo(401);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void healthAndMetricsNeedNoToken() {
        assertThat(api.anybody().get("/actuator/health").text("/status")).isEqualTo("UP");
        assertThat(api.anybody().get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(api.anybody().get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(api.anybody().get("/actuator/prometheus").body()).contains("hc_auth_password_hashes_total");
        assertThat(api.anybody().get("/actuator/health").body()).doesNotContain("jdbc", "redis", "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nBroken\r\n\r\n",
                "GET /api/v1/services HTTP/1.1\r\nHost: a\r\nX: LONG\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n",
            })
    void whatIsNoProperRequestIsRefusedWithAProblemToo(String request) throws IOException {
        String sent = request.replace("LONG", "x".repeat(40_000)).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        try (var socket = new Socket("localhost", api.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
            String answer = answer(socket.getInputStream());

            assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
            assertThat(answer).doesNotContain("jetty", "Jetty", "Exception", "\tat ");
            JsonNode problem = JsonMapper.builder().build().readTree(answer.substring(answer.indexOf("{")));
            assertThat(problem.get("requestId").asString()).isNotBlank();
        }
    }

    /** All that is said; a connection may be reset then, as nobody reads the rest of a request that is too long. */
    private static String answer(InputStream in) throws IOException {
        var said = new ByteArrayOutputStream();
        try {
            in.transferTo(said);
        } catch (SocketException _) {
            // what was said before counts
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
