package io.healthchecker.api.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Caller;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class BulkTest {
    private static final String BULK = "/api/v1/services:bulk";

    private final Api api = Api.shared();
    private final Api.Person person = api.somebody();
    private final Caller caller = person.caller();

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

    @Test
    void moreThanAThousandAreChangedInTheBackground() {
        long mine = create("mine", "many");
        api.sql().sql("""
                        WITH added AS (
                            INSERT INTO service (team_id, name, source, owner, definition, shard)
                            SELECT team_id, 'owned-' || n, 3, 'default/shop/' || team_id || '-' || n, definition, shard
                              FROM service, generate_series(1, 1000) AS n WHERE id = :mine
                            RETURNING id)
                        INSERT INTO service_state (service_id, state, known, since, transition_seq, reason)
                        SELECT id, 1, 1, clock_timestamp(), 0, 0 FROM added
                        """).param("mine", mine).update();

        Answer begun = bulk("label=tier:many", 1_001, "\"patch\":{\"suspend\":true}");

        assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
        String job = begun.header("Location");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> caller.get(job).text("/state").equals("done"));
        Answer done = caller.get(job);
        assertThat(done.text("/done")).isEqualTo("1001");
        assertThat(done.json().get("changed").toString()).isEqualTo("[" + mine + "]");
        assertThat(done.json().get("leftOut")).hasSize(1_000);
        assertThat(done.json().get("failed")).isEmpty();
        assertThat(caller.get("/api/v1/services/" + mine).text("/state")).isEqualTo("Suspended");
        assertThat(api.somebody().caller().get(job).status()).isEqualTo(404);

        api.sql()
                .sql("UPDATE bulk_job SET ended_at = NULL, seen_at = seen_at - interval '2 minutes'")
                .update();
        assertThat(caller.get(job).text("/state")).isEqualTo("stopped");
    }

    @Test
    void aJobThatWaitsForItsTurnIsNotTakenForStopped() {
        Service service = new ServiceTable(api.sql())
                .find(person.teamId(), create("mine", "1"))
                .orElseThrow();
        var table = new BulkJobTable(api.sql());
        var permits = new Semaphore(0);
        try (var jobs = new BulkJobs(new Bulk(new ServiceListTable(api.sql()), Ticker.system()), table)) {
            var before = jobs.start(
                    service.teamId(), Collections.nCopies(51, service), _ -> permits.acquireUninterruptibly());
            var waiting = jobs.start(service.teamId(), List.of(service), _ -> {});
            api.sql()
                    .sql("UPDATE bulk_job SET seen_at = seen_at - interval '2 minutes' WHERE id = :id")
                    .param("id", waiting.id())
                    .update();
            assertThat(jobs.find(service.teamId(), waiting.id()).abandoned()).isTrue();

            permits.release(50);
            await().until(() -> jobs.find(service.teamId(), before.id()).done() == 50);
            await().until(() -> !jobs.find(service.teamId(), waiting.id()).abandoned());

            assertThat(jobs.find(service.teamId(), waiting.id()).endedAt()).isNull();
            permits.release();
            await().until(() -> jobs.find(service.teamId(), waiting.id()).endedAt() != null);
        }
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
