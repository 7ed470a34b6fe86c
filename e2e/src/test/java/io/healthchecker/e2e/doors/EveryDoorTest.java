package io.healthchecker.e2e.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.e2e.Product;
import io.healthchecker.e2e.doors.HardCases.Case;
import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.ApiClient.Answer;
import io.healthchecker.testing.HcProcess;
import io.healthchecker.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * cases are those that other monitors got wrong; {@code DeclaredServicesTest} has them come in as resources.
 */
@TestInstance(Lifecycle.PER_CLASS)
class EveryDoorTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String UNSTEADY = "unsteady";

    @TempDir
    static Path directory;

    private final HardCases cases = new HardCases();
    private Product product;
    private ApiClient api;
    private long unsteady;

    @BeforeAll
    void start() throws IOException {
        Path files = Files.createDirectory(directory.resolve("checks"));
        for (Case each : cases.all()) {
            Files.writeString(files.resolve(each.name() + ".yaml"), each.document());
        }
        Files.writeString(files.resolve(UNSTEADY + ".yaml"), HardCases.document(UNSTEADY, cases.unsteady()));
        product = Product.in(directory)
                .with("HC_PROBE_TRUSTEDCERTIFICATES", cases.authority(directory).toString());
        int port = product.knowing(HardCases.HOSTS).up("--checks", files.toString());
        api = ApiClient.loggedIn(port, "user@example.com");
        unsteady = api.post("/api/v1/services", HardCases.body("unsteady by rest", cases.unsteady()))
                .body()
                .path("id")
                .asLong();
    }

    @AfterAll
    void stop() throws Exception {
        product.close();
        cases.close();
    }

    @Test
    void checkedOnceWithoutAServer() throws IOException {
        List<String> command = new ArrayList<>(List.of("check", "--output", "json"));
        Path once = Files.createDirectory(directory.resolve("once"));
        for (Case each : cases.all()) {
            Path file = Files.writeString(once.resolve(each.name() + ".yaml"), each.checkedOnce());
            command.add(file.toString());
        }

        HcProcess check = product.run(command.toArray(String[]::new));
        int exit = check.awaitExit(LIMIT.multipliedBy(2));

        String output = check.output();
        JsonNode results = new ObjectMapper().readTree(output.substring(output.indexOf("[ {")));
        assertThat(results).hasSameSizeAs(cases.all());
        for (JsonNode result : results) {
            Case wanted = cases.named(result.path("name").asString());
            assertThat(result.path("outcome").asString()).as("%s", result).isEqualTo(wanted.outcome());
            assertThat(result.toString()).contains(wanted.says());
        }
        assertThat(exit).isEqualTo(1);
    }

    @Test
    void registeredByRest() {
        Map<Case, Long> ids = new HashMap<>();
        for (Case each : cases.all()) {
            Answer created = api.post("/api/v1/services", each.body());
            assertThat(created.status()).as("%s %s", each, created.body()).isEqualTo(201);
            assertThat(created.body().path("http").path("url").asString())
                    .as("the address as it was typed")
                    .isEqualTo(new ObjectMapper()
                            .readTree(each.spec())
                            .path("http")
                            .path("url")
                            .asString());
            ids.put(each, created.body().path("id").asLong());
        }
        ids.forEach(this::awaitVerdict);
    }

    @Test
    void readFromAFile() {
        await().atMost(LIMIT).until(() -> fromFiles().size() == cases.all().size() + 1);
        for (JsonNode service : fromFiles()) {
            if (service.path("name").asString().equals(UNSTEADY)) {
                continue;
            }
            awaitVerdict(
                    cases.named(service.path("name").asString()),
                    service.path("id").asLong());
        }
    }

    @Test
    void failuresOfAResolverTurnItOnlyInARow() {
        FailuresInARow.areToldOnce(product.invariants(), unsteady);
        FailuresInARow.areToldOnce(
                product.invariants(),
                fromFiles().stream()
                        .filter(service -> service.path("name").asString().equals(UNSTEADY))
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asLong());
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
                        .formatted(cases.ipv4().url("/gate?mine")));
        long id = created.body().path("id").asLong();

        await().atMost(LIMIT).until(() -> results(id) >= 3);
        assertThat(api.delete("/api/v1/services/" + id).status()).isEqualTo(204);

        List<String> asked = askedAtTheGate();
        assertThat(asked).hasSizeGreaterThanOrEqualTo(6);
        for (int i = 0; i < asked.size(); i++) {
            assertThat(asked.get(i).contains("Cookie: seen=1"))
                    .as("request %d", i)
                    .isEqualTo(i % 2 == 1);
        }
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(askedAtTheGate().size() / 2L)
                        .as("what is under way is asked and written still")
                        .isBetween(results(id), results(id) + 1));
    }

    @Test
    void aRedirectThatIsNotFollowedIsNotFollowed() {
        String path = "/a?only";
        Answer tried = api.post(
                "/api/v1/services:test",
                "{\"http\":{\"url\":\"%s\",\"maxRedirects\":0,\"expectedStatus\":[\"301\"]}}"
                        .formatted(cases.ipv4().url(path)));

        assertThat(tried.body().path("outcome").asString()).as("%s", tried).isEqualTo("UP");
        assertThat(cases.ipv4().requests()).noneMatch(request -> request.startsWith("GET /b?only "));
    }

    @Test
    void namesAndPathsAreSentAsTheyShouldBe() {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(cases.ipv4().requests())
                    .anyMatch(request -> request.contains("GET /umlaut ")
                            && request.contains("\r\nHost: xn--mnchen-3ya.test:%d\r\n"
                                    .formatted(cases.ipv4().port())))
                    .anyMatch(request -> request.startsWith("GET /Health?A=b "));
            assertThat(cases.ipv6().requests())
                    .anyMatch(request -> request.contains(
                            "\r\nHost: [::1]:%d\r\n".formatted(cases.ipv6().port())));
        });
    }

    private void awaitVerdict(Case wanted, long id) {
        await(wanted.name()).atMost(LIMIT).untilAsserted(() -> {
            JsonNode service = api.get("/api/v1/services/" + id).body();
            JsonNode last = service.path("lastResult");
            assertThat(last.path("outcome").asString()).as("%s", last).isEqualTo(wanted.outcome());
            assertThat(last.toString()).contains(wanted.stored());
            if (wanted.name().startsWith("starttls")) {
                assertThat(service.at("/checks/certificateEnds").asString()).isEqualTo(TestAuthority.END.toString());
            }
        });
    }

    private List<JsonNode> fromFiles() {
        JsonNode list = api.get("/api/v1/services?source=file&limit=500").body();
        return list.path("items").valueStream().toList();
    }

    private List<String> askedAtTheGate() {
        return cases.ipv4().requests().stream()
                .filter(request -> request.startsWith("GET /gate?mine "))
                .toList();
    }

    private long results(long id) {
        return product.invariants().number("SELECT count(*) FROM check_result WHERE service_id = ?", id);
    }
}
