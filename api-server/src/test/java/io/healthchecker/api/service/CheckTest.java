package io.healthchecker.api.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.core.assertion.Assertions;
import io.healthchecker.core.check.CheckPartitionTable;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PartitionWidth;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.check.StepResult;
import io.healthchecker.core.check.Trial;
import io.healthchecker.core.check.TrialStream;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKeys;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.schedule.Shard;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Checks on demand; the test is the worker. */
class CheckTest {
    private final Api api = Api.shared();
    private final Person person = api.somebody();
    private final RedisClient redis =
            (RedisClient) api.bean(LettuceConnectionFactory.class).getRequiredNativeClient();

    @Test
    void aCheckIsSentAtOnceAndItsResultIsTheAnswer() {
        long id = service("{\"name\":\"now\",\"url\":\"http://a.test/\",\"check_interval\":120,\"timeoutSeconds\":60}");
        CompletableFuture<Answer> answer = checkNow(id);

        Job job = theJobOf(id);
        assertThat(job.kind()).isEqualTo(JobKind.MANUAL);
        assertThat(job.version()).isEqualTo(1);
        write(job);

        Answer said = answer.join();
        assertThat(said.status()).as(said.body()).isEqualTo(200);
        assertThat(said.text("/outcome")).isEqualTo("DOWN");
        assertThat(said.text("/reason")).isEqualTo("CONNECT_REFUSED");
        assertThat(said.text("/kind")).isEqualTo("MANUAL");
    }

    @Test
    void aResultThatDoesNotComeInTimeIsLeftToTheHistory() {
        long id = service("{\"name\":\"slow\",\"url\":\"http://a.test/\",\"timeoutSeconds\":1}");

        Answer answer = checkNow(id).join();

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.header("Location")).endsWith("/api/v1/services/%d/health-checks".formatted(id));
        assertThat(answer.json().get("slot").asString()).isNotBlank();
    }

    @Test
    void aSuspendedServiceIsNotChecked() {
        long id = service("{\"name\":\"off\",\"url\":\"http://a.test/\",\"suspend\":true}");

        assertThat(checkNow(id).join().status()).isEqualTo(409);
    }

    @Test
    void aDefinitionIsTriedOutAndNothingIsStored() {
        long before = stored();
        var asked = new AtomicReference<Trial>();
        Answer answer;
        try (TrialStream stream = new TrialStream(redis)) {
            Thread.startVirtualThread(() -> answerOneTrial(stream, asked));
            answer = person.caller()
                    .post(
                            "/api/v1/services:test",
                            "{\"url\":\"http://a.test/\",\"check_interval\":120,\"timeoutSeconds\":60}");
        }

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/outcome")).isEqualTo("UP");
        assertThat(answer.json().get("httpStatus").asInt()).isEqualTo(204);
        assertThat(answer.json().at("/phases/dnsMicros").asInt()).isEqualTo(7);
        assertThat(answer.text("/steps/0/name")).isEqualTo("login");
        assertThat(answer.json().at("/steps/0/phases/connectMicros").asInt()).isEqualTo(5);
        assertThat(answer.text("/steps/0/assertions/0/explained")).isEqualTo("json.a (1) == 1");
        assertThat(asked.get().definition().http().url()).isEqualTo("http://a.test/");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void aTrialThatNobodyRunsIsSaidToBe() {
        Answer answer =
                person.caller().post("/api/v1/services:test", "{\"url\":\"http://a.test/\",\"timeoutSeconds\":1}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("/detail")).contains("no worker answered");
        try (TrialStream stream = new TrialStream(redis)) {
            stream.take(Duration.ofSeconds(1)); // leave none to others
        }
    }

    @Test
    void whatMayNotBeStoredMayNotBeTriedOutEither() {
        assertThat(person.caller()
                        .post("/api/v1/services:test", "{\"url\":\"ftp://a.test/\"}")
                        .fields())
                .containsExactly("url");
        assertThat(person.caller()
                        .post("/api/v1/services:test", "{\"name\":\"\",\"url\":\"http://a.test/\"}")
                        .fields())
                .containsExactly("name");
    }

    private CompletableFuture<Answer> checkNow(long id) {
        var answer = new CompletableFuture<Answer>();
        Thread.startVirtualThread(() ->
                answer.complete(person.caller().send("POST", "/api/v1/services/%d:check".formatted(id), new byte[0])));
        return answer;
    }

    private long service(String body) {
        Answer created = person.caller().post("/api/v1/services", body);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().get("id").asLong();
    }

    private Job theJobOf(long id) {
        String stream = JobKeys.urgent(JobKeys.group(Shard.of(id)));
        try (var connection = redis.connect(ByteArrayCodec.INSTANCE)) {
            return await().until(
                            () -> {
                                List<StreamMessage<byte[], byte[]>> messages =
                                        connection.sync().xrange(stream.getBytes(), Range.unbounded());
                                return messages.stream()
                                        .map(message -> Job.decode(message.getBody()
                                                .values()
                                                .iterator()
                                                .next()))
                                        .filter(job -> job.serviceId() == id)
                                        .findFirst();
                            },
                            Optional::isPresent)
                    .orElseThrow();
        }
    }

    private void write(Job job) {
        new CheckPartitionTable(api.bean(JdbcClient.class), api.bean(PlatformTransactionManager.class))
                .cover(List.of(job.slot()), PartitionWidth.DAY);
        new CheckResultTable(api.bean(JdbcClient.class))
                .insert(
                        List.of(new CheckResult(
                                job, Outcome.DOWN, Reason.CONNECT_REFUSED, 3, 900, PhaseTimes.EMPTY, 0, false, null)),
                        1);
    }

    private static void answerOneTrial(TrialStream stream, AtomicReference<Trial> asked) {
        Trial trial = await().atMost(Duration.ofSeconds(60))
                .until(() -> stream.take(Duration.ofSeconds(1)), Optional::isPresent)
                .orElseThrow();
        asked.set(trial);
        var row = new Assertions.Row("json.a == 1", "json.a (1) == 1", true, null);
        var step = new StepResult("login", 200, new PhaseTimes(-1, 5, -1, 6, 7), List.of(row), null);
        stream.answer(
                trial.id(),
                new Trial.Answer(
                        Outcome.UP, Reason.OK, 1_000, new PhaseTimes(7, 8, -1, 9, 10), 204, null, List.of(step)));
    }

    private long stored() {
        return api.sql()
                .sql("SELECT (SELECT count(*) FROM service) + (SELECT count(*) FROM event)")
                .query(Long.class)
                .single();
    }
}
