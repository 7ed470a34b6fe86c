package io.healthchecker.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Caller;
import org.junit.jupiter.api.Test;

class BulkTest {
    private static final String BULK = "/api/v1/services:bulk";

    private final Api api = Api.shared();
    private final Caller caller = api.somebody().caller();

    @Test
    void whatAFilterFindsIsChangedAndWhatBelongsToOthersIsNamed() {
        long mine = create("mine", "1");
        long owned = create("owned", "1");
        long other = create("other", "2");
        api.sql()
                .sql("UPDATE service SET source = 3, owner = :owner WHERE id = :id")
                .param("owner", "default/shop/owned-" + owned)
                .param("id", owned)
                .update();

        Answer answer = bulk("label=tier:1", 2, "\"patch\":{\"suspend\":true}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().get("changed").toString()).isEqualTo("[" + mine + "]");
        assertThat(answer.text("/leftOut/0/why")).isEqualTo("default/shop/owned-" + owned);
        assertThat(caller.get("/api/v1/services/" + mine).text("/state")).isEqualTo("Suspended");
        assertThat(caller.get("/api/v1/services/" + other).text("/state")).isEqualTo("Unknown");
    }

    @Test
    void nothingHappensWhereOtherServicesMatchByNow() {
        long service = create("a", "1");

        assertThat(bulk("label=tier:1", 2, "\"remove\":true").status()).isEqualTo(409);
        assertThat(bulk("colour=red", 1, "\"remove\":true").fields()).containsExactly("filter");
        assertThat(bulk("label=tier:1", 1, "\"remove\":false").fields()).containsExactly("patch");
        assertThat(caller.get("/api/v1/services/" + service).status()).isEqualTo(200);
        assertThat(bulk("q=a&label=tier%3A1", 1, "\"remove\":true").json().get("changed"))
                .hasSize(1);
        assertThat(caller.get("/api/v1/services/" + service).status()).isEqualTo(404);
    }

    @Test
    void whatFailsHindersNoneOfTheOthers() {
        create("quick", "1");
        create("slow", "1");
        caller.patch("/api/v1/services/" + create("long", "1"), "{\"timeoutSeconds\":20}");

        Answer answer = bulk("label=tier:1", 3, "\"patch\":{\"periodSeconds\":15}");

        assertThat(answer.json().get("changed")).hasSize(2);
        assertThat(answer.text("/failed/0/name")).isEqualTo("long");
        assertThat(answer.text("/failed/0/why")).contains("timeoutSeconds");
    }

    private Answer bulk(String filter, int expected, String action) {
        return caller.post(BULK, "{\"filter\":\"%s\",\"expectedCount\":%d,%s}".formatted(filter, expected, action));
    }

    private long create(String name, String tier) {
        return caller.post(
                        "/api/v1/services",
                        "{\"name\":\"%s\",\"url\":\"http://a.test/\",\"labels\":{\"tier\":\"%s\"}}"
                                .formatted(name, tier))
                .json()
                .get("id")
                .asLong();
    }
}
