package io.healthchecker.e2e.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.e2e.Product;
import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.ApiClient.Answer;
import io.healthchecker.testing.HcProcess;
import io.healthchecker.testing.StubServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A definition gets the same verdict whichever way it comes in: {@code hc check} without a server, REST, or a file. The
 * cases are those that other monitors got wrong.
 */
@TestInstance(Lifecycle.PER_CLASS)
class EveryDoorTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PERIOD = 2;

    @TempDir
    static Path directory;

    private final StubServer ipv4 = StubServer.start(EveryDoorTest::answer);
    private final StubServer ipv6 = StubServer.start(InetAddress.ofLiteral("::1"), EveryDoorTest::answer);
    private final Map<String, Case> cases = new HashMap<>();
    private Product product;
    private ApiClient api;

    /**
     * What is wanted and what must come of it.
     *
     * @param spec definition as JSON, without period and thresholds
     * @param says what the explanation contains
     */
    private record Case(String name, String spec, String outcome, String says) {
        String definition() {
            return spec.replaceFirst("}$", ",\"periodSeconds\":%d,\"failureThreshold\":1}".formatted(PERIOD));
        }

        String document() {
            return """
                    apiVersion: healthchecker.io/v1alpha1
                    kind: HealthCheckService
                    metadata: {name: %s}
                    spec: %s
                    """.formatted(name, definition());
        }

        String body() {
            return "{\"name\":\"%s by rest\",%s".formatted(name, definition().substring(1));
        }
    }

    @BeforeAll
    void start() throws IOException {
        add("redirect-itself", http("/a", "\"maxRedirects\":0,\"expectedStatus\":[\"301\"]"), "UP", "");
        add("redirect-followed", http("/a", "\"expectedStatus\":[\"301\"]"), "DOWN", "301");
        add("not-found-wanted", http("/none", "\"expectedStatus\":[\"404\"]"), "UP", "");
        add("redirect-target", http("/a", "\"expectedStatus\":[\"200-299\"]"), "UP", "");
        add("cookie-gate", http("/gate", ""), "UP", "");
        add("long-headers", http("/long", ""), "UP", "");
        add("endless-headers", http("/endless", ""), "DOWN", "header");
        add("no-reason-phrase", http("/bare", ""), "UP", "");
        add("split-keyword", http("/chunks", "\"bodyContains\":\"footerContent\""), "UP", "");
        add("split-keyword-absent", http("/chunks", "\"bodyContains\":\"footerContents\""), "DOWN", "footerContents");
        add("ipv6-url", url("http://[::1]:%d/six".formatted(ipv6.port())), "UP", "");
        add("ipv6-url-in-full", url("http://[0:0:0:0:0:0:0:1]:%d/six".formatted(ipv6.port())), "UP", "");
        add("ipv6-host", tcp("::1", ipv6.port()), "UP", "");
        add("ipv6-host-in-brackets", tcp("[::1]", ipv6.port()), "UP", "");
        add("umlaut", url("http://münchen.test:%d/umlaut".formatted(ipv4.port())), "UP", "");
        add("umlaut-host", tcp("MÜNCHEN.test", ipv4.port()), "UP", "");
        add("capitals", url("HTTP://LOCALHOST:%d/Health?A=b".formatted(ipv4.port())), "UP", "");

        Path files = Files.createDirectory(directory.resolve("checks"));
        for (Case each : cases.values()) {
            Files.writeString(files.resolve(each.name() + ".yaml"), each.document());
        }
        product = Product.in(directory);
        int port = product.knowing("127.0.0.1 localhost\n127.0.0.1 xn--mnchen-3ya.test\n")
                .up("--checks", files.toString());
        api = ApiClient.loggedIn(port, "user@example.com");
    }

    @AfterAll
    void stop() {
        product.close();
        ipv4.close();
        ipv6.close();
    }

    @Test
    void checkedOnceWithoutAServer() {
        List<String> command = new ArrayList<>(List.of("check", "--output", "json"));
        cases.keySet()
                .forEach(name -> command.add(
                        directory.resolve("checks/" + name + ".yaml").toString()));

        HcProcess check = product.run(command.toArray(String[]::new));
        int exit = check.awaitExit(LIMIT);

        String output = check.output();
        JsonNode results = new ObjectMapper().readTree(output.substring(output.indexOf("[ {")));
        assertThat(results).hasSize(cases.size());
        for (JsonNode result : results) {
            Case wanted = cases.get(result.path("name").asString());
            assertThat(result.path("outcome").asString()).as("%s", result).isEqualTo(wanted.outcome());
            assertThat(result.toString()).contains(wanted.says());
        }
        assertThat(exit).isEqualTo(1);
    }

    @Test
    void registeredByRest() {
        for (Case each : cases.values()) {
            Answer created = api.post("/api/v1/services", each.body());
            assertThat(created.status()).as("%s %s", each, created.body()).isEqualTo(201);
            assertThat(created.body().path("http").path("url").asString())
                    .as("the address as it was typed")
                    .isEqualTo(new ObjectMapper()
                            .readTree(each.spec())
                            .path("http")
                            .path("url")
                            .asString());
            awaitVerdict(each, created.body().path("id").asLong());
        }
    }

    @Test
    void readFromAFile() {
        await().atMost(LIMIT).until(() -> fromFiles().size() == cases.size());
        for (JsonNode service : fromFiles()) {
            awaitVerdict(
                    cases.get(service.path("name").asString()),
                    service.path("id").asLong());
        }
    }

    @Test
    void anIpv6AddressWithoutBracketsIsRefused() {
        Answer refused = api.post("/api/v1/services", "{\"name\":\"six\",\"url\":\"http://::1:80/\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("errors").path(0).path("field").asString())
                .isEqualTo("url");
    }

    @Test
    void aCookieIsForgottenBetweenChecks() {
        Answer created = api.post(
                "/api/v1/services",
                "{\"name\":\"forgetful\",\"http\":{\"url\":\"%s\"},\"periodSeconds\":1}"
                        .formatted(ipv4.url("/gate?mine")));
        long id = created.body().path("id").asLong();

        await().atMost(LIMIT).until(() -> results(id) >= 3);
        assertThat(api.delete("/api/v1/services/" + id).status()).isEqualTo(204);

        List<String> asked = ipv4.requests().stream()
                .filter(request -> request.startsWith("GET /gate?mine "))
                .toList();
        assertThat(asked).hasSizeGreaterThanOrEqualTo(6);
        for (int i = 0; i < asked.size(); i++) {
            assertThat(asked.get(i).contains("Cookie: seen=1"))
                    .as("request %d", i)
                    .isEqualTo(i % 2 == 1);
        }
        assertThat(asked.size() / 2L).isBetween(results(id), results(id) + 1);
    }

    @Test
    void aRedirectThatIsNotFollowedIsNotFollowed() {
        String path = "/a?only";
        Answer tried = api.post(
                "/api/v1/services:test",
                "{\"http\":{\"url\":\"%s\",\"maxRedirects\":0,\"expectedStatus\":[\"301\"]}}"
                        .formatted(ipv4.url(path)));

        assertThat(tried.body().path("outcome").asString()).as("%s", tried).isEqualTo("UP");
        assertThat(ipv4.requests()).noneMatch(request -> request.startsWith("GET /b?only "));
    }

    @Test
    void namesAndPathsAreSentAsTheyShouldBe() {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(ipv4.requests())
                    .anyMatch(request -> request.contains("GET /umlaut ")
                            && request.contains("\r\nHost: xn--mnchen-3ya.test:%d\r\n".formatted(ipv4.port())))
                    .anyMatch(request -> request.startsWith("GET /Health?A=b "));
            assertThat(ipv6.requests())
                    .anyMatch(request -> request.contains("\r\nHost: [::1]:%d\r\n".formatted(ipv6.port())));
        });
    }

    private void awaitVerdict(Case wanted, long id) {
        await(wanted.name()).atMost(LIMIT).untilAsserted(() -> {
            JsonNode last = api.get("/api/v1/services/" + id).body().path("lastResult");
            assertThat(last.path("outcome").asString()).as("%s", last).isEqualTo(wanted.outcome());
            assertThat(last.toString()).contains(wanted.says());
        });
    }

    private List<JsonNode> fromFiles() {
        JsonNode list = api.get("/api/v1/services?source=file&limit=500").body();
        return list.path("items").valueStream().toList();
    }

    private long results(long id) {
        return product.invariants().number("SELECT count(*) FROM check_result WHERE service_id = ?", id);
    }

    private void add(String name, String spec, String outcome, String says) {
        cases.put(name, new Case(name, spec, outcome, says));
    }

    private String http(String path, String more) {
        return "{\"http\":{\"url\":\"%s\"%s}}".formatted(ipv4.url(path), more.isEmpty() ? "" : "," + more);
    }

    private static String url(String url) {
        return "{\"http\":{\"url\":\"%s\"}}".formatted(url);
    }

    private static String tcp(String host, int port) {
        return "{\"tcp\":{\"host\":\"%s\",\"port\":%d}}".formatted(host, port);
    }

    private static void answer(StubServer.Connection connection) throws IOException {
        String request = connection.request();
        String path = Stream.of(request.split("[ ?]", 3)).skip(1).findFirst().orElse("/");
        switch (path) {
            case "/a" -> connection.send("HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n");
            case "/none" -> connection.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            case "/gate" ->
                connection.send(
                        request.contains("\r\nCookie: seen=1\r\n")
                                ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                                : "HTTP/1.1 302 Found\r\nSet-Cookie: seen=1; Path=/\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                                        .formatted(request.split(" ", 3)[1]));
            case "/long" ->
                connection.send("HTTP/1.1 200 OK\r\nContent-Security-Policy: %s\r\n%sContent-Length: 2\r\n\r\nok"
                        .formatted(
                                "a".repeat(12_000),
                                "Set-Cookie: c=%s; Path=/\r\n"
                                        .formatted("x".repeat(280))
                                        .repeat(40)));
            case "/endless" ->
                connection.send("HTTP/1.1 200 OK\r\n%sContent-Length: 2\r\n\r\nok"
                        .formatted("Set-Cookie: c=%s; Path=/\r\n"
                                .formatted("x".repeat(280))
                                .repeat(7_000)));
            case "/bare" -> connection.send("HTTP/1.1 200\nContent-Length: 2\nX-A: b \t \n\nok");
            case "/chunks" -> {
                connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n");
                connection.pause(50);
                connection.send("8;e=1\r\nfooterCo\r\n");
                connection.pause(50);
                connection.send("A\r\nntent ok!!\r\n");
                connection.pause(50);
                connection.send("0\r\nX-Sum: 1\r\n\r\n");
            }
            default -> connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }
    }
}
