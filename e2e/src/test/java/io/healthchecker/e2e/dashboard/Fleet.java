package io.healthchecker.e2e.dashboard;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.feed.Event;
import io.healthchecker.core.feed.EventTable;
import io.healthchecker.core.feed.NewEvent;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.schedule.Shard;
import io.healthchecker.core.verdict.State;
import io.healthchecker.testing.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Many services at once, written as the product would have written them; and their transitions. */
final class Fleet {
    private static final long PERIOD = 60_000; // milliseconds, of those that are added one by one

    private static final String SERVICES = """
            INSERT INTO service (team_id, name, source, owner, definition, shard, created_at)
            SELECT :team,
                   (ARRAY['cart','catalog','checkout','inbox','gateway','login','books','cdn'])[1 + n % 8] || '-'
                       || (ARRAY['api','web','db','worker','feed'])[1 + n / 8 % 5] || '-' || n,
                   1, NULL,
                   jsonb_build_object(
                       'http', jsonb_build_object('url', CAST(:url AS text)),
                       'periodSeconds', 86400,
                       'labels', jsonb_build_object(
                           'tier', (1 + n % 3)::text,
                           'env', CASE WHEN n % 5 = 0 THEN 'dev' ELSE 'prod' END,
                           'app', (ARRAY['cart','catalog','checkout','inbox','gateway','login','books','cdn'])[1 + n % 8])),
                   n % 256, clock_timestamp() - interval '40 days'
              FROM generate_series(1, :count) AS n
            RETURNING id
            """;

    private static final String ONE = """
            INSERT INTO service (team_id, name, source, owner, definition, shard, created_at)
            VALUES (:team, :name, :source, :owner,
                    jsonb_build_object('http', jsonb_build_object('url', CAST(:url AS text)), 'periodSeconds', 60,
                                       'degradedAfterMillis', 300,
                                       'labels', jsonb_build_object('tier', '1', 'app', 'cart', 'env', 'prod')),
                    0, clock_timestamp() - interval '1 day')
            RETURNING id
            """;

    private static final String UP = """
            INSERT INTO service_state (service_id, state, known, since, transition_seq, reason)
            VALUES (:id, 1, 1, date_trunc('second', clock_timestamp()) - interval '299 minutes', 0, 0)
            """;

    private static final String ERA = """
            WITH placed AS (
                UPDATE service SET shard = :shard WHERE id = :id
                RETURNING id, shard, (extract(epoch FROM created_at) * 1000)::bigint AS created)
            INSERT INTO service_change (service_id, shard, version, op, at_ms, effective_ms, period_ms, phase_ms, timeout_ms, active)
            SELECT id, shard, 1, 1, created, created, 60000, :phase, 10000, true FROM placed
            """;

    // 1 Up, 2 Degraded, 3 Down, 4 Unknown
    private static final String STATES = """
            INSERT INTO service_state (service_id, state, known, since, transition_seq, reason, detail)
            SELECT id, state, CASE WHEN state = 4 THEN 1 ELSE state END,
                   date_trunc('second', clock_timestamp()) - make_interval(secs => 60 + id % 997 * 61), 1,
                   CASE state WHEN 3 THEN 20 WHEN 2 THEN 1 WHEN 4 THEN 86 ELSE 0 END,
                   CASE state WHEN 2 THEN 1100 + id % 400 || ' ms; up to 800 ms are expected' END
              FROM (SELECT id, CASE WHEN id % 331 = 0 THEN 3 WHEN id % 101 = 0 THEN 2 WHEN id % 487 = 0 THEN 4 ELSE 1 END
                      FROM unnest(CAST(:ids AS bigint[])) AS id) AS wanted (id, state)
            """;

    private static final String OWNED = """
            UPDATE service SET source = 3, owner = 'prod/many/' || name WHERE id = ANY(CAST(:ids AS bigint[])) AND id % 10 <> 0
            """;

    private static final String CHANGE = """
            UPDATE service_state
               SET state = :state, known = :state, since = clock_timestamp(), transition_seq = transition_seq + 1,
                   reason = :reason
             WHERE service_id = :id RETURNING transition_seq
            """;

    private static final String HEARD = """
            SELECT (SELECT count(*) FROM event WHERE payload::text LIKE :name)
                 + (SELECT count(*) FROM check_result AS r
                     WHERE NOT EXISTS (SELECT FROM service AS s WHERE s.id = r.service_id))
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final EventTable events;
    private final Target target;
    private final Past past;
    private final List<Long> ids = new ArrayList<>();

    Fleet(DataSource dataSource, Target target) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.events = new EventTable(jdbc);
        this.target = target;
        this.past = new Past(dataSource);
    }

    /** Adds so many services; nearly all of them are Up. */
    void add(int count) {
        List<Long> added = insert(1, count);
        past.write(added);
        // thousands of rows at once: autovacuum would tell the planner of them a minute later
        jdbc.sql("ANALYZE").update();
        ids.addAll(added);
    }

    /** Adds so many to a team of its own, before anybody looks; nine in ten belong to resources of Kubernetes. */
    void addTo(int team, int count) {
        List<Long> added = insert(team, count);
        jdbc.sql(OWNED).param("ids", added.toArray(Long[]::new)).update();
    }

    private List<Long> insert(int team, int count) {
        List<Long> added = jdbc.sql(SERVICES)
                .param("team", team)
                .param("url", target.url("/well"))
                .param("count", count)
                .query(Long.class)
                .list();
        jdbc.sql(STATES).param("ids", added.toArray(Long[]::new)).update();
        return added;
    }

    /** Does something while nobody can change a service. */
    void whileHeld(long id, Runnable work) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("SELECT id FROM service WHERE id = :id FOR UPDATE")
                    .param("id", id)
                    .query(Long.class)
                    .single();
            work.run();
        });
    }

    /** Adds one that is up, with each of its results of a day. */
    long remembered(String name) {
        long id = insert(1, name, null);
        past.writeEach(id, Cadence.of(id, PERIOD));
        return id;
    }

    /** Adds one that belongs to a resource of Kubernetes, "cluster/namespace/name". */
    long declare(String owner) {
        long id = insert(3, owner.substring(owner.lastIndexOf('/') + 1), owner);
        past.write(List.of(id));
        return id;
    }

    private long insert(int source, String name, @Nullable String owner) {
        long id = jdbc.sql(ONE)
                .param("team", 1)
                .param("name", name)
                .param("source", source)
                .param("owner", owner)
                .param("url", target.url("/well"))
                .query(Long.class)
                .single();
        jdbc.sql(UP).param("id", id).update();
        jdbc.sql(ERA)
                .param("id", id)
                .param("shard", Shard.of(id))
                .param("phase", Cadence.of(id, PERIOD).phaseMillis())
                .update();
        return id;
    }

    /** How many events name something, together with the results of services that nobody registered. */
    long heardOf(String name) {
        return jdbc.sql(HEARD).param("name", "%" + name + "%").query(Long.class).single();
    }

    /** Whether the hour of a slot has been added up for a service. */
    boolean isAddedUp(long service, Instant slot) {
        return jdbc.sql("SELECT count(*) > 0 FROM service_hour WHERE service_id = :id AND hour = :hour")
                .param("id", service)
                .param("hour", slot.getEpochSecond() / 3_600)
                .query(Boolean.class)
                .single();
    }

    List<Long> ids() {
        return ids;
    }

    /** Changes the states of services, all in one transaction; events follow. */
    void change(List<Long> services, State to) {
        transaction.executeWithoutResult(status -> {
            List<NewEvent> told = new ArrayList<>();
            for (long id : services) {
                Reason reason = to == State.UP ? Reason.OK : Reason.CONNECT_REFUSED;
                long seq = jdbc.sql(CHANGE)
                        .param("state", to.code())
                        .param("reason", reason.code())
                        .param("id", id)
                        .query(Long.class)
                        .single();
                State from = to == State.UP ? State.DOWN : State.UP;
                told.add(new NewEvent(
                        1,
                        id,
                        new Event.StateChanged(
                                "service-" + id, seq, from, to, from, to, 0, reason, null, null, Instant.now())));
            }
            events.insert(events.draw(told.size()), told);
        });
    }
}
