package io.healthchecker.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page at a host of its own. Requests are written by hand: a client would tidy up their paths. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostTest {
    private static final String SLUG = "at-its-host";

    private final Api api = Api.shared();
    private final Person person = api.somebody();
    private int page;

    @BeforeAll
    void aPageHasAHost() {
        long service = person.caller()
                .post("/api/v1/services", "{\"name\":\"within\",\"url\":\"http://within.test/\"}")
                .json()
                .get("id")
                .asLong();
        page = person.caller()
                .post("/api/v1/status-pages", """
                        {"slug":"%s","title":"At home","published":true,"domain":"%s",
                         "sections":[{"components":[{"name":"Shop","serviceId":%d}]}]}""".formatted(SLUG, Api.PAGE_DOMAIN, service))
                .json()
                .get("id")
                .asInt();
    }

    @AfterAll
    void itIsGivenBack() {
        person.caller().delete("/api/v1/status-pages/" + page);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?utm_source=mail",
                "/status.json",
                "/feed.atom",
                "/api/v2/summary.json",
                "/api/v2/status.json",
                "/status/at-its-host",
                "/status/at-its-host.json",
                "/status/at-its-host.atom",
                "/badge/at-its-host/shop/state.svg",
                "/badge/at-its-host/shop/uptime.json?range=7d"
            })
    void thePageIsShown(String path) {
        assertThat(answer("GET", Api.PAGE_DOMAIN, path)).startsWith("HTTP/1.1 200");
        assertThat(answer("HEAD", Api.PAGE_DOMAIN + ":8080", path))
                .startsWith("HTTP/1.1 200")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/services",
                "/login",
                "/embed/at-its-host",
                "/api/v1/services",
                "/api/badge/1/status",
                "/api/v1/endpoints/_shop/health/badge.svg",
                "/status/another",
                "/badge/another/shop/state.svg",
                "/badge/at-its-host/../../api/v1/services",
                "/badge/at-its-host/%2e%2e/%2e%2e/api/v1/services",
                "/badge/at-its-host/x/../../../services",
                "/status/at-its-host/../../services",
                "/status/at-its-host;x=1",
                "/./services",
                "//services",
                "/actuator/prometheus",
                "/v3/api-docs",
                "/api/v1/services/ws"
            })
    void andNothingElse(String path) {
        for (String host : new String[] {Api.PAGE_DOMAIN, "STATUS.Example.org:443", Api.PAGE_DOMAIN + "."}) {
            String answer = answer(
                    "GET",
                    host,
                    path,
                    "Authorization: " + person.caller().headers().get("Authorization"));
            assertThat(answer)
                    .as("%s %s", host, path)
                    .containsPattern("^HTTP/1.1 40[04] ")
                    .doesNotContain("within");
        }
    }

    @Test
    void anotherHostIsTheDashboards() {
        assertThat(answer("GET", "localhost", "/")).startsWith("HTTP/1.1 302");
        assertThat(answer("GET", "localhost", "/", "X-Forwarded-Host: " + Api.PAGE_DOMAIN))
                .startsWith("HTTP/1.1 302");
    }

    /** What is sent is the same wherever it is asked for, so that a cache may keep it by its address alone. */
    @Test
    void hostAndAddressShowTheSameBytes() {
        PublishedPage.ofOneReading(api, SLUG, this::bothShowTheSame);
    }

    private void bothShowTheSame() {
        String own = answer("GET", Api.PAGE_DOMAIN, "/status/" + SLUG);
        String other = answer("GET", "localhost", "/status/" + SLUG);

        assertThat(body(own)).isEqualTo(body(other)).contains("At home");
        assertThat(own.lines().filter(line -> line.startsWith("ETag")))
                .containsExactlyElementsOf(
                        other.lines().filter(line -> line.startsWith("ETag")).toList());
        assertThat(own).doesNotContain(Api.PAGE_DOMAIN, "Set-Cookie");
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n"));
    }

    private String answer(String method, String host, String path, String... headers) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            String head = "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n".formatted(method, path, host);
            String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            socket.getOutputStream().write((head + more + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
