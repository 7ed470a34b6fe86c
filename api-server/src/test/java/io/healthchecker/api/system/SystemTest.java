package io.healthchecker.api.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Facts;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKeys;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.service.KubernetesClusterTable;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.stream.StreamRecords;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The product tells how it is doing, whatever is the matter. */
class SystemTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static Answer eventually(Person person, Predicate<Answer> that) {
        return await().atMost(PATIENCE).until(() -> person.caller().get("/api/v1/system"), that);
    }

    @Test
    void itTellsWhoIsAtWorkAndWhatWaits() {
        Api api = Api.shared();
        Person person = api.somebody();
        api.sql().sql("""
                        INSERT INTO worker (name, location_id, version, in_flight, capacity, backlog, clock_ahead_ms)
                        VALUES ('worker-1', 1, '0.1', 12, 1000, 3, -12) ON CONFLICT (name) DO UPDATE SET seen_at = clock_timestamp()
                        """).update();
        api.sql()
                .sql("INSERT INTO scheduler (name) VALUES ('operator-1') ON CONFLICT DO NOTHING")
                .update();
        api.sql()
                .sql(
                        "UPDATE scheduler_shard SET owner = 'operator-1', lease_until = clock_timestamp() + interval '1 hour' WHERE shard < 200")
                .update();
        StringRedisTemplate redis = api.bean(StringRedisTemplate.class);
        redis.opsForStream().add(StreamRecords.mapBacked(Map.of("j", "x")).withStreamKey(JobKeys.standard(5)));

        Answer answer = eventually(
                person,
                a -> a.json().at("/workers/value/0/inFlight").asInt() == 12
                        && a.json().at("/schedulers/value/shardsLeased").asInt() == 200
                        && a.json().at("/queues/value/5/standard/entries").asInt() == 1);
        assertThat(answer.text("/workers/value/0/name")).isEqualTo("worker-1");
        assertThat(answer.json().at("/workers/value/0/writeBacklog").asInt()).isEqualTo(3);
        assertThat(answer.json().at("/workers/value/0/clockAheadMillis").asInt())
                .isEqualTo(-12);
        assertThat(answer.json().at("/thresholds/queue/atMost").asInt()).isEqualTo(10);
        assertThat(answer.json().at("/troubles/0").asString("")).isEqualTo("schedulers");
        assertThat(answer.json().at("/schedulers/value/shardsUnleased").asInt()).isEqualTo(56);
        assertThat(answer.text("/schedulers/value/live/0/name")).isEqualTo("operator-1");
        assertThat(answer.json().at("/schedulers/value/live/0/shards").asInt()).isEqualTo(200);
        assertThat(answer.json().at("/schedulers/value/watermarkBehindSeconds").asDouble())
                .isPositive();
        assertThat(answer.json().at("/queues/value/5/standard/oldestSeconds").asDouble())
                .isNotNegative();
        assertThat(answer.json().at("/databaseMillis/value").asDouble()).isPositive();
        assertThat(answer.json().at("/redisMillis/value").asDouble()).isPositive();
        assertThat(answer.json().path("good").asBoolean()).isFalse();
        assertThat(answer.text("/verdict")).contains("56 of 256 shards are not scheduled");
        redis.delete(JobKeys.standard(5));

        JsonNode hour = person.caller().get("/api/v1/system/history").json();
        assertThat(hour.path("stepSeconds").asInt()).isEqualTo(10);
        assertThat(hour.at("/figures").propertyNames()).hasSize(Measure.values().length);
        assertThat(hour.at("/figures/schedulers/most")).hasSize(360).anyMatch(step -> step.asInt(0) == 200);
        assertThat(hour.at("/figures/schedulers/least/0").isNull())
                .as("nobody looked an hour ago")
                .isTrue();
    }

    @Test
    void latenessWhatNobodyCouldTellAndARefusedSweepAreSeen() {
        try (Api api = Api.start()) {
            Facts facts = new Facts(api.bean(DataSource.class));
            Person person = api.somebody();
            long id = facts.service(person.teamId(), "shop");
            long now = Ticker.system().epochMillis();
            for (int i = 0; i < 30; i++) {
                facts.result(new Job(id, now - 10_000 - i * 1_000L, 1, 1, JobKind.GRID), Outcome.UP, Reason.OK, null);
            }
            facts.result(new Job(id, now - 9_000, 1, 1, JobKind.GRID), Outcome.UNKNOWN, Reason.LATE, null);
            facts.gap(id, now - 8_000, now - 7_000, 2, Reason.LOST);
            api.sql()
                    .sql("INSERT INTO location_verdict (service_id, location_id, state, leaning, streak, slot)"
                            + " VALUES (:id, 1, 4, 4, 1, 0)")
                    .param("id", id)
                    .update();
            api.sql()
                    .sql("UPDATE service_state SET reason = :stale WHERE service_id = :id")
                    .param("stale", Reason.STALE.code())
                    .param("id", id)
                    .update();
            // one look is three statements, so the first may see only a part of this
            Answer answer = eventually(
                    person,
                    a -> a.json().at("/checks/value/unknown/LATE").asInt() == 1
                            && a.json().at("/coverage/0/services").asInt() == 1
                            && a.json().at("/checks/value/perSecond").asDouble() > 0.2);
            assertThat(answer.json().at("/checks/value/latenessP99Millis").asInt())
                    .isEqualTo(3);
            assertThat(answer.json().at("/checks/value/services").asInt()).isEqualTo(1);
            assertThat(answer.json().at("/checks/value/unknownByUs").asInt()).isEqualTo(1);
            assertThat(answer.text("/checks/value/locations/0/name")).isEqualTo("default");
            assertThat(answer.json()
                            .at("/checks/value/locations/0/unknown/LATE")
                            .asInt())
                    .isEqualTo(1);
            assertThat(answer.text("/coverage/0/kind")).isEqualTo("STOPPED");
            assertThat(answer.text("/coverage/0/location")).isEqualTo("default");
            assertThat(answer.json().at("/coverage/0/services").asInt()).isEqualTo(1);
            assertThat(answer.json()
                            .at("/checks/value/locations/0/latenessP99Millis")
                            .asInt())
                    .isEqualTo(3);
            eventually(
                    person,
                    a -> a.json().at("/checks/value/missed/LOST").asInt() == 2
                            && a.json()
                                            .at("/checks/value/locations/0/missed/LOST")
                                            .asInt()
                                    == 2);

            var clusters = new KubernetesClusterTable(api.bean(JdbcClient.class));
            clusters.swept(clusters.begin("west", "operator-0"), 12, "12 services are kept (bank)");
            Answer refused = eventually(
                    person, a -> a.json().at("/clusters/value/0/sweepRefused").asBoolean());
            assertThat(refused.text("/clusters/value/0/leader")).isEqualTo("operator-0");
            assertThat(refused.json().at("/clusters/value/0/keptServices").asInt())
                    .isEqualTo(12);
            assertThat(refused.text("/verdict"))
                    .contains("12 services of cluster west are not removed with their resources");
            assertThat(refused.json().toString())
                    .as("the name of another team's namespace")
                    .doesNotContain("bank");
        }
    }

    @Test
    void withoutTheDatabaseItSaysSinceWhenWhatIsUnknown() {
        try (Api api = Api.start("--spring.datasource.hikari.connection-timeout=1000")) {
            Person person = api.somebody();
            person.caller().post("/api/v1/status-pages", "{\"slug\":\"acme\",\"title\":\"Acme\",\"published\":true}");
            eventually(person, a -> !a.json().at("/schedulers/value").isMissingNode());
            ((HikariDataSource) api.bean(DataSource.class)).close();
            Answer answer = eventually(
                    person,
                    a -> !a.json().at("/schedulers/unknownSince").isMissingNode()
                            && a.json().at("/coverage/0/kind").asString("").equals("BLIND"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/schedulers/value").isMissingNode()).isTrue();
            assertThat(answer.json().at("/feed/clients").asInt()).isZero();
            JsonNode hour = person.caller().get("/api/v1/system/history").json();
            assertThat(hour.at("/figures/schedulers/most"))
                    .as("what was seen before stays")
                    .hasSize(360)
                    .anyMatch(step -> !step.isNull());
            assertThat(answer.text("/verdict")).startsWith("Unknown since");
            assertThat(api.anybody().get("/status/acme").body()).contains("Acme");
            assertThat(api.anybody().get("/login").status()).isEqualTo(200);
            Answer signIn = api.anybody()
                    .post("/api/v1/auth/login", "{\"email\":\"ada@example.com\",\"password\":\"password123\"}");
            assertThat(signIn.status()).isEqualTo(503);
            assertThat(signIn.text("/detail")).contains("the database does not answer");
            assertThat(api.anybody().get("/actuator/health/liveness").status()).isEqualTo(200);
            await().atMost(PATIENCE)
                    .until(() -> api.anybody().get("/actuator/health/readiness").status(), status -> status == 503);
        }
    }

    @Test
    void itNeedsAToken() {
        assertThat(Api.shared().anybody().get("/api/v1/system").status()).isEqualTo(401);
    }
}
