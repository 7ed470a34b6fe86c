package io.healthchecker.operator.schedule;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKeys;
import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.testing.TestPostgres;
import io.healthchecker.testing.TestRedis;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** A database and a Redis of one's own, and schedulers upon them whose parts are moved by hand. */
final class Rig implements AutoCloseable {
    static final ScheduleSettings SETTINGS =
            new ScheduleSettings("test", Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofMinutes(15));

    final DataSource database = TestPostgres.freshDatabase();
    final JdbcClient jdbc = JdbcClient.create(database);
    final PlatformTransactionManager transactions = new JdbcTransactionManager(database);
    final RedisClient client = RedisClient.create(TestRedis.freshDatabase());
    final RedisCommands<byte[], byte[]> redis =
            client.connect(ByteArrayCodec.INSTANCE).sync();
    final Registration registration = new Registration(jdbc, transactions, Ticker.system());
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final AtomicInteger names = new AtomicInteger();
    private final int team;

    Rig() {
        redis.flushdb();
        team = jdbc.sql("INSERT INTO team (name) VALUES ('team') RETURNING id")
                .query(Integer.class)
                .single();
    }

    SchedulerParts parts(Ticker ticker) {
        return parts(ticker, jdbc);
    }

    SchedulerParts parts(Ticker ticker, JdbcClient database) {
        SchedulerParts.Ground ground =
                new SchedulerParts.Ground(database, transactions, client, new ScheduleMetrics(meters));
        return new SchedulerParts(SETTINGS, ground, ticker);
    }

    Service create(int periodSeconds) {
        return registration.create(wanted("service " + names.incrementAndGet(), periodSeconds, false));
    }

    Service change(Service service, int periodSeconds, boolean suspend) {
        return registration
                .change(service.id(), wanted(service.name(), periodSeconds, suspend), null)
                .orElseThrow();
    }

    void remove(Service service) {
        registration.remove(team, service.id(), null);
    }

    private NewService wanted(String name, int periodSeconds, boolean suspend) {
        Definition definition = DefinitionJson.read("""
                {"tcp": {"host": "192.0.2.1", "port": 80}, "periodSeconds": %d, "timeoutSeconds": 1, "suspend": %s}
                """.formatted(Math.max(2, periodSeconds), suspend));
        return new NewService(team, name, Source.REST, null, definition);
    }

    /** All jobs on all streams, in the order of each stream. */
    List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        for (int group = 0; group < JobKeys.GROUPS; group++) {
            jobs.addAll(jobs(JobKeys.urgent(group)));
            jobs.addAll(jobs(JobKeys.standard(group)));
        }
        return jobs;
    }

    List<Job> jobs(String stream) {
        List<StreamMessage<byte[], byte[]>> messages = redis.xrange(key(stream), Range.unbounded());
        return messages.stream()
                .map(message -> Job.decode(message.getBody().values().iterator().next()))
                .toList();
    }

    static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /** Slots that were left out since the schedule stood still for some seconds, as on a busy machine; as far as written. */
    List<Long> skipped(Service service) {
        List<Long> skipped = new ArrayList<>();
        jdbc.sql("SELECT from_slot, to_slot, slots FROM gap WHERE service_id = :id AND reason = :reason")
                .param("id", service.id())
                .param("reason", Reason.SKIPPED.code())
                .query(row -> {
                    int slots = row.getInt("slots");
                    long from = row.getLong("from_slot");
                    long step = slots == 1 ? 0 : (row.getLong("to_slot") - from) / (slots - 1);
                    for (int i = 0; i < slots; i++) {
                        skipped.add(from + i * step);
                    }
                });
        return skipped;
    }

    /** As if a shard's holder had not been heard of for too long. */
    void expireLeases() {
        jdbc.sql("UPDATE scheduler_shard SET lease_until = clock_timestamp() - interval '1 ms'")
                .update();
        jdbc.sql("UPDATE scheduler SET seen_at = seen_at - interval '8 s'").update();
    }

    long databaseMillis() {
        return jdbc.sql("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                .query(Long.class)
                .single();
    }

    double counted(String meter) {
        return meters.get(meter).counter().count();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
