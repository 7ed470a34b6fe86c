package io.healthchecker.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final String SERVICES = "/api/v1/services";
    private static final String AUDIT = "/api/v1/audit";

    private final Api api = Api.shared();
    private final Person person = api.somebody();

    @Test
    void everyChangeOfAServiceIsWrittenDownWithWhatItWasAndBecame() {
        Answer created = person.caller()
                .with("X-Request-Id", "made-by-me")
                .post(SERVICES, "{\"name\":\"cart\",\"url\":\"http://a.test/\",\"check_interval\":60}");
        String path = SERVICES + "/" + created.text("/id");
        person.caller().patch(path, "{\"periodSeconds\":30}");
        person.caller().patch(path, "{\"periodSeconds\":30}");
        person.caller().delete(path);

        Answer log = person.caller().get(AUDIT);

        assertThat(log.json().get("items").findValuesAsString("action")).containsExactly("delete", "update", "create");
        assertThat(log.text("/items/1/actor")).isEqualTo(person.email());
        assertThat(log.text("/items/1/object")).isEqualTo("service:" + created.text("/id"));
        assertThat(log.json().at("/items/1/before/periodSeconds").asInt()).isEqualTo(60);
        assertThat(log.json().at("/items/1/after/periodSeconds").asInt()).isEqualTo(30);
        assertThat(log.text("/items/2/requestId")).isEqualTo("made-by-me");
        assertThat(log.json().at("/items/2").has("before")).isFalse();
    }

    @Test
    void noSecretIsWrittenDown() {
        person.caller()
                .post(
                        SERVICES,
                        "{\"name\":\"a\",\"http\":{\"url\":\"http://a.test/\",\"headers\":[{\"name\":\"Authorization\",\"value\":\"Bearer s3cret\"}]}}");
        String token = person.caller()
                .post("/api/v1/tokens", "{\"name\":\"ci\",\"scope\":\"admin\",\"expiresInDays\":1}")
                .text("/token");

        Answer log = person.caller().get(AUDIT);

        assertThat(log.json().get("items")).hasSize(2);
        assertThat(log.body()).contains("***").doesNotContain("s3cret", token);
    }

    @Test
    void aTokenIsNamedBesideItsOwner() {
        Answer made =
                person.caller().post("/api/v1/tokens", "{\"name\":\"ci\",\"scope\":\"editor\",\"expiresInDays\":1}");
        api.anybody().bearing(made.text("/token")).post(SERVICES, "{\"name\":\"a\",\"url\":\"http://a.test/\"}");

        assertThat(person.caller().get(AUDIT + "?object=service").text("/items/0/actor"))
                .isEqualTo("%s (token %s)".formatted(person.email(), made.text("/id")));
    }

    @Test
    void theLogIsFilteredAndExportedLineByLine() {
        for (int i = 0; i < 3; i++) {
            person.caller().post(SERVICES, "{\"name\":\"s%d\",\"url\":\"http://a.test/\"}".formatted(i));
        }

        assertThat(person.caller().get(AUDIT + "?action=delete").json().get("items"))
                .isEmpty();
        assertThat(person.caller()
                        .get(AUDIT + "?to=2020-01-01T00:00:00Z")
                        .json()
                        .get("items"))
                .isEmpty();
        Answer window = person.caller().get(AUDIT + "?limit=2");
        assertThat(window.json().get("items")).hasSize(2);
        assertThat(person.caller()
                        .get(AUDIT + "?limit=2&cursor=" + window.text("/nextCursor"))
                        .json()
                        .get("items"))
                .hasSize(1);
        Answer export = person.caller().get(AUDIT + "/export");
        assertThat(export.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(export.body().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"id\":"));
        assertThat(person.caller()
                        .get(AUDIT + "/export?object=" + window.text("/items/0/object"))
                        .body()
                        .lines())
                .hasSize(1);
    }
}
