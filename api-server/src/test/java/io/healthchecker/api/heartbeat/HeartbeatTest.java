package io.healthchecker.api.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.core.service.DefinitionFile;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.core.service.DefinitionReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class HeartbeatTest {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Api api = Api.shared();
    private final Person person = api.somebody();

    @Test
    void aServiceReportsByItsAddressAndNothingElse() {
        String heartbeat = "/api/v1/services/%d/heartbeat".formatted(service());
        assertThat(person.caller().get(heartbeat).text("/standing")).isEqualTo("awaited");
        String address = person.caller().get(heartbeat + "/address").text("/path");
        assertThat(address).matches("/api/v1/heartbeats/[A-Za-z0-9_-]{32}");
        assertThat(person.caller().get(heartbeat + "/address").text("/path"))
                .as("it can be shown again")
                .isEqualTo(address);

        assertThat(ping("GET", address + "/start?rid=7", "").status()).isEqualTo(200);
        assertThat(person.caller().get(heartbeat).json().has("startedAt")).isTrue();
        assertThat(ping("HEAD", address + "?rid=7", "").status()).isEqualTo(200);
        Answer measured = person.caller().get(heartbeat);
        assertThat(measured.text("/standing")).isEqualTo("on_time");
        assertThat(measured.json().get("durationMillis").asLong()).isBetween(0L, 60_000L);

        String log =
                "dump of postgres://root:hunter2@db/shop failed\nDB_PASSWORD=hunter3, Authorization: Bearer hunter4\n";
        assertThat(ping("POST", address + "/17", log + "x".repeat(9_000)).status())
                .isEqualTo(200);
        Answer failed = person.caller().get(heartbeat);
        assertThat(failed.text("/standing")).isEqualTo("failed");
        assertThat(failed.json().get("exitStatus").asInt()).isEqualTo(17);
        assertThat(failed.text("/text"))
                .startsWith("dump of postgres://***@db/shop failed")
                .doesNotContain("hunter")
                .hasSizeLessThanOrEqualTo(1_000);

        assertThat(ping("POST", address + "/0", "").status()).isEqualTo(200);
        assertThat(person.caller().get(heartbeat).text("/standing")).isEqualTo("on_time");
        assertThat(ping("POST", address + "/fail", "").status()).isEqualTo(200);
        assertThat(person.caller().get(heartbeat).text("/standing")).isEqualTo("failed");
    }

    @Test
    void theExampleIsStoredAndReports() throws IOException {
        Path example = Path.of("..", "examples", "probes", "heartbeat.yaml");
        DefinitionFile read = DefinitionReader.read(example.toString(), Files.readAllBytes(example));
        ObjectNode body = (ObjectNode) DefinitionJson.tree(
                DefinitionJson.write(read.definitions().getFirst().definition()));
        long id = person.caller()
                .post(
                        "/api/v1/services",
                        body.put("name", "example " + NAMES.incrementAndGet()).toString())
                .json()
                .get("id")
                .asLong();
        String heartbeat = "/api/v1/services/%d/heartbeat".formatted(id);
        String address = person.caller().get(heartbeat + "/address").text("/path");
        assertThat(ping("GET", address + "/start", "").status()).isEqualTo(200);
        assertThat(ping("GET", address + "/0", "").status()).isEqualTo(200);
        assertThat(person.caller().get(heartbeat).text("/standing")).isEqualTo("on_time");
        assertThat(ping("GET", address + "/1", "").status()).isEqualTo(200);
        assertThat(person.caller().get(heartbeat).text("/standing")).isEqualTo("failed");
    }

    @Test
    void aNewAddressEndsTheOldOneAndADeletedServiceItsOwn() {
        long id = service();
        String path = "/api/v1/services/%d/heartbeat/address".formatted(id);
        String first = person.caller().get(path).text("/path");
        String second = person.caller().post(path, "").text("/path");
        assertThat(ping("GET", first, "").status()).isEqualTo(404);
        assertThat(ping("GET", second, "").status()).isEqualTo(200);
        person.caller().delete("/api/v1/services/" + id);
        assertThat(ping("GET", second, "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x/start", "x/fail", "x/0", "x/256", "x/stop"})
    void whatIsNotKnownIsNotFound(String rest) {
        Answer answer = ping("GET", "/api/v1/heartbeats/" + rest, "");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("/detail")).isEqualTo("there is no such heartbeat; take its address from the service");
    }

    @Test
    void whoPingsWithoutEndIsToldToWait() {
        String address = person.caller()
                .get("/api/v1/services/%d/heartbeat/address".formatted(service()))
                .text("/path");
        int status = 200;
        for (int i = 0; i < 1_000 && status == 200; i++) {
            status = ping("GET", address, "").status();
        }
        assertThat(status).isEqualTo(429);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"cron":"0 25 * * *"}                                  | heartbeat.cron     | heartbeat.cron is "0 25 * * *"; its hour is 25; it must be 0 to 23
            {"cron":"0 2 * * *","timeZone":"Europe/Atlantis"}      | heartbeat.timeZone | heartbeat.timeZone is "Europe/Atlantis"; it must be a time zone such as Europe/Berlin
            {"timeZone":"Europe/Berlin"}                           | heartbeat.timeZone | heartbeat.timeZone needs heartbeat.cron; write cron or remove timeZone
            """)
    void whatCannotBeExpectedIsRefused(String heartbeat, String field, String message) {
        Answer answer =
                person.caller().post("/api/v1/services", "{\"name\":\"b\",\"heartbeat\":%s}".formatted(heartbeat));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/field")).isEqualTo(field);
        assertThat(answer.text("/errors/0/message")).isEqualTo(message);
    }

    private long service() {
        Answer made = person.caller()
                .post(
                        "/api/v1/services",
                        "{\"name\":\"backup%d\",\"heartbeat\":{\"graceSeconds\":60},\"periodSeconds\":3600}"
                                .formatted(NAMES.incrementAndGet()));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().get("id").asLong();
    }

    private Answer ping(String method, String path, String body) {
        return api.anybody().send(method, path, body.getBytes(StandardCharsets.UTF_8));
    }
}
