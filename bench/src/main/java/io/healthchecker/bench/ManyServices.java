package io.healthchecker.bench;

import io.healthchecker.api.ApiApplication;
import io.healthchecker.core.check.CheckPartitionTable;
import io.healthchecker.core.check.PartitionWidth;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.feed.Event;
import io.healthchecker.core.feed.EventTable;
import io.healthchecker.core.feed.NewEvent;
import io.healthchecker.core.history.HourSums;
import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.schedule.Shard;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.TestPostgres;
import io.healthchecker.testing.TestRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An api-server over a database with very many services and their past, and somebody who is signed in. */
public final class ManyServices implements AutoCloseable {
    public static final String EMAIL = "bench@example.com";

    private static final String CHANGE = """
            UPDATE service_state
               SET state = :state, known = :state, since = clock_timestamp(), transition_seq = transition_seq + 1,
                   reason = :reason
             WHERE service_id = :id RETURNING transition_seq
            """;

    private final PGSimpleDataSource database = TestPostgres.freshDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    private final EventTable events = new EventTable(jdbc);
    private final ServletWebServerApplicationContext context;
    private final ApiClient api;
    private final int team;
    private final int services;
    private final int hours;
    private final RedisURI redis = TestRedis.freshDatabase();
    private final RedisClient redisClient = RedisClient.create(redis);
    private final WakeStream wakes = new WakeStream(redisClient);

    private ManyServices(int services, int hours) {
        this.services = services;
        this.hours = hours;
        context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(ApiApplication.class)
                .run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=warn",
                        "--spring.datasource.url=" + database.getUrl(),
                        "--spring.datasource.username=postgres",
                        "--spring.data.redis.url=" + redis.toURI(),
                        "--hc.auth.jwt-secret=a-secret-of-the-bench-with-more-than-32-bytes",
                        "--hc.history.sums=false");
        api = ApiClient.loggedIn(port(), EMAIL);
        team = jdbc.sql("SELECT min(id) FROM team").query(Integer.class).single();
        fill(team);
    }

    /** @param hours of results, a minute apart */
    public static ManyServices start(int services, int hours) {
        return new ManyServices(services, hours);
    }

    public int port() {
        return Objects.requireNonNull(context.getWebServer()).getPort();
    }

    public String origin() {
        return "http://localhost:" + port();
    }

    public ApiClient api() {
        return api;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    public TransactionTemplate transaction() {
        return transaction;
    }

    /** The first of them, by id. */
    public List<Long> ids(int most) {
        return jdbc.sql("SELECT id FROM service ORDER BY id LIMIT :most")
                .param("most", most)
                .query((row, number) -> row.getLong("id"))
                .list();
    }

    /** Changes the states of services, all in one transaction; events follow. */
    public void change(List<Long> ids, State to) {
        transaction.executeWithoutResult(status -> {
            Reason reason = to == State.UP ? Reason.OK : Reason.CONNECT_REFUSED;
            State from = to == State.UP ? State.DOWN : State.UP;
            List<NewEvent> told = new ArrayList<>();
            for (long id : ids) {
                long seq = jdbc.sql(CHANGE)
                        .param("state", to.code())
                        .param("reason", reason.code())
                        .param("id", id)
                        .query(Long.class)
                        .single();
                told.add(new NewEvent(
                        team,
                        id,
                        new Event.StateChanged(
                                "service-" + id, seq, from, to, from, to, 0, reason, null, null, Instant.now())));
            }
            events.insert(events.draw(told.size()), told);
        });
    }

    private void fill(int teamId) {
        jdbc.sql("""
                INSERT INTO service (team_id, name, source, definition, shard)
                SELECT :teamId, format('%s-%s-%s', (ARRAY['cart', 'mail', 'pay', 'web', 'feed'])[1 + n % 5],
                                       (ARRAY['api', 'db', 'worker'])[1 + n % 3], n), 1,
                       jsonb_build_object('http', jsonb_build_object('url', format('https://host-%s.example.com/health', n)),
                                          'periodSeconds', 60,
                                          'labels', jsonb_build_object('tier', (1 + n % 3)::text,
                                                                       'app', 'app-' || n % 200, 'env', 'prod')),
                       n % 256
                  FROM generate_series(1, :count) AS n
                """).param("teamId", teamId).param("count", services).update();
        spread();
        jdbc.sql("""
                INSERT INTO service_state (service_id, state, known, since, transition_seq, reason)
                SELECT id, CASE WHEN id % 100 = 0 THEN 3 WHEN id % 50 = 1 THEN 2 WHEN id % 200 = 3 THEN 4 ELSE 1 END, 1,
                       clock_timestamp() - make_interval(secs => random() * 1e6), 4, CASE WHEN id % 100 = 0 THEN 10 ELSE 0 END
                  FROM service
                """).update();
        jdbc.sql("""
                INSERT INTO transition (service_id, seq, team_id, from_state, to_state, slot, reason, event_id, at)
                SELECT id, seq, :teamId, CASE seq % 2 WHEN 1 THEN 1 ELSE 3 END, CASE seq % 2 WHEN 1 THEN 3 ELSE 1 END, 0, 0, 0,
                       clock_timestamp() - make_interval(hours => (5 - seq) * 30)
                  FROM service CROSS JOIN generate_series(1, 4) AS seq
                """).param("teamId", teamId).update();
        jdbc.sql("""
                INSERT INTO service_change (service_id, shard, version, op, at_ms, effective_ms, period_ms, phase_ms,
                                            timeout_ms, active)
                SELECT id, shard, 1, 1, now_ms - :hours * 3600000, now_ms - :hours * 3600000, 60000, id * 7919 % 60000,
                       10000, true
                  FROM service, (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms) AS clock
                """).param("hours", (long) hours).update();
        cover();
        jdbc.sql("""
                INSERT INTO check_result (service_id, slot, version, lateness_ms, latency_us, connect_us, tls_us,
                                          first_byte_us, transfer_us, worker_id, location_id, outcome, reason, kind, flags)
                SELECT c.service_id, slot, 1, 3, 20000 + (random() * 60000)::int, 900, 5000, 15000, 100, 1, 1,
                       CASE WHEN random() < 0.001 THEN 3 ELSE 1 END, 0, 0, 0
                  FROM service_change AS c
                 CROSS JOIN generate_series(c.at_ms - c.at_ms % 60000 + 60000 + c.phase_ms,
                                            c.at_ms + :hours * 3600000 - 60000, 60000) AS slot
                """).param("hours", (long) hours).update();
        jdbc.sql("""
                INSERT INTO location_verdict (service_id, location_id, state, leaning, streak, slot)
                SELECT id, 1, CASE WHEN id % 100 = 0 THEN 3 ELSE 1 END, CASE WHEN id % 70 = 5 THEN 3 ELSE 1 END,
                       CASE WHEN id % 70 = 5 THEN 1 ELSE 0 END, 0
                  FROM service
                """).update();
        jdbc.sql("VACUUM ANALYZE").update();
    }

    private void cover() {
        long now = jdbc.sql("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                .query(Long.class)
                .single();
        new CheckPartitionTable(jdbc, new DataSourceTransactionManager(database))
                .cover(
                        LongStream.rangeClosed(0, hours)
                                .mapToObj(hour -> now - hour * 3_600_000L)
                                .toList(),
                        PartitionWidth.DAY);
    }

    /** Gives a service a past of so many days, by sums of hours like those that it has. */
    public void remember(long id, int days) {
        var sums = new HourSums(jdbc);
        boolean more = true;
        while (more) {
            more = Boolean.TRUE.equals(
                    transaction.execute(status -> sums.makeNext(Ticker.system().epochMillis())));
        }
        int hours = days * 24;
        jdbc.sql("""
                UPDATE service_change SET at_ms = at_ms - :hours * 3600000, effective_ms = effective_ms - :hours * 3600000
                 WHERE service_id = :id
                """).param("hours", (long) hours).param("id", id).update();
        jdbc.sql("""
                INSERT INTO service_hour
                SELECT (jsonb_populate_record(h, jsonb_build_object('hour', h.hour - back))).*
                  FROM service_hour AS h CROSS JOIN generate_series(1, :hours) AS back
                 WHERE h.service_id = :id AND h.hour = (SELECT min(hour) FROM service_hour WHERE service_id = :id)
                """).param("hours", hours).param("id", id).update();
        jdbc.sql("UPDATE service_hour_mark SET first_hour = first_hour - :hours")
                .param("hours", hours)
                .update();
    }

    /** What workers do after they have written events: nobody waits for the next poll. */
    public void wake() {
        wakes.publish(WakeStream.Wake.EVENT);
    }

    /** Each service into its own shard, by which what is known of it is found. */
    private void spread() {
        List<Long> ids = ids(services);
        jdbc.sql("""
                UPDATE service AS s SET shard = n.shard
                  FROM unnest(:ids, :shards) AS n (id, shard) WHERE s.id = n.id
                """)
                .param("ids", ids.toArray(Long[]::new))
                .param("shards", ids.stream().map(Shard::of).toArray(Integer[]::new))
                .update();
    }

    @Override
    public void close() {
        wakes.close();
        redisClient.shutdown();
        context.close();
    }
}
