package io.healthchecker.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.healthchecker.core.check.CheckPartitionTable;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.check.PartitionWidth;
import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.core.verdict.ServiceStateTable;
import io.healthchecker.core.verdict.State;
import io.healthchecker.core.verdict.Transition;
import io.healthchecker.core.verdict.TransitionTable;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A database with a team, its services, and the questions that every test asks in the end. */
public final class Installation implements AutoCloseable {
    private static final int TEAM = 1;
    private static final int ATTEMPTS = 60;

    private final PGSimpleDataSource direct = TestPostgres.freshDatabase();
    private final HikariDataSource pool = new HikariDataSource();
    public final JdbcClient jdbc;
    public final JdbcTransactionManager transactions;
    public final Registration registration;
    private volatile boolean away;
    private int services;

    /** A busy machine is no outage: a second without a connection is one only while the database is away. */
    private final class Patient extends DelegatingDataSource {
        Patient() {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            for (int attempt = 1; ; attempt++) {
                try {
                    return super.getConnection();
                } catch (SQLTransientConnectionException e) {
                    if (away || attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        }
    }

    public Installation() {
        pool.setDataSource(direct);
        pool.setConnectionTimeout(1_000);
        pool.setMaximumPoolSize(20);
        DataSource patient = new Patient();
        jdbc = JdbcClient.create(patient);
        transactions = new JdbcTransactionManager(patient);
        registration = new Registration(jdbc, transactions, Ticker.system());
        jdbc.sql("INSERT INTO team (name) VALUES ('shop')").update();
        coverToday();
    }

    private void coverToday() {
        long now = Ticker.system().epochMillis();
        new CheckPartitionTable(jdbc, transactions).coverAll(now - 7_200_000, now + 7_200_000, PartitionWidth.DAY);
    }

    /** A service that is checked every minute, with these thresholds. */
    public Service service(int failures, int successes) {
        return registration.create(wanted(60, failures, successes, false));
    }

    public NewService wanted(int periodSeconds, int failures, int successes, boolean suspend) {
        return new NewService(
                TEAM,
                "service-" + ++services,
                Source.REST,
                null,
                definition(periodSeconds, failures, successes, suspend));
    }

    public static Definition definition(int periodSeconds, int failures, int successes, boolean suspend) {
        return Definition.of(HttpProbe.get("http://127.0.0.1:1/")).with(draft -> {
            draft.periodSeconds = periodSeconds;
            draft.failureThreshold = failures;
            draft.successThreshold = successes;
            draft.suspend = suspend;
        });
    }

    public Service suspend(Service service, boolean suspend) {
        Definition after = service.definition().with(draft -> draft.suspend = suspend);
        NewService wanted = new NewService(TEAM, service.name(), Source.REST, null, after);
        return registration.change(service.id(), wanted, null).orElseThrow();
    }

    public void remove(Service service) {
        assertThat(registration.remove(TEAM, service.id(), null)).isTrue();
    }

    public ServiceState state(Service service) {
        return new ServiceStateTable(jdbc).find(service.id()).orElseThrow();
    }

    /** States that a service went through, oldest first. */
    public List<State> turns(Service service) {
        return transitions(service).stream().map(Transition::to).toList();
    }

    /** Oldest first. */
    public List<Transition> transitions(Service service) {
        return new TransitionTable(jdbc)
                .before(service.id(), Long.MAX_VALUE, 10_000)
                .reversed();
    }

    /** Oldest first. */
    public List<CheckResult> results(Service service) {
        return new CheckResultTable(jdbc)
                .before(service.id(), Long.MAX_VALUE, 100_000)
                .reversed();
    }

    public long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    /** What holds after everything: dense numbers, no change without a change, no open incident that is over. */
    public void assertInvariants() {
        List<Long> events =
                jdbc.sql("SELECT id FROM event ORDER BY id").query(Long.class).list();
        assertThat(events)
                .as("event ids are dense")
                .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(jdbc.sql("SELECT last_id FROM event_counter")
                        .query(Long.class)
                        .single())
                .isEqualTo(events.size());
        assertThat(jdbc.sql("""
                        SELECT count(*) FROM (
                               SELECT service_id FROM transition GROUP BY service_id
                               HAVING count(*) <> max(seq) OR min(seq) <> 1) AS holes
                        """).query(Long.class).single())
                .as("transitions are dense")
                .isZero();
        assertThat(jdbc.sql("""
                        SELECT count(*)
                          FROM (SELECT *, lag(to_state) OVER (PARTITION BY service_id ORDER BY seq) AS before
                                  FROM transition) AS t
                         WHERE from_state = to_state OR before <> from_state
                        """).query(Long.class).single())
                .as("each transition begins where the one before it ended")
                .isZero();
        assertThat(jdbc.sql("""
                        SELECT count(*) FROM service_state AS s
                         WHERE s.transition_seq > 0
                           AND NOT EXISTS (SELECT FROM transition AS t
                                            WHERE t.service_id = s.service_id AND t.seq = s.transition_seq
                                              AND t.to_state = s.state)
                        """).query(Long.class).single())
                .as("the state is what the last transition made it")
                .isZero();
        assertThat(jdbc.sql("""
                        SELECT count(*) FROM transition AS t
                         WHERE NOT EXISTS (SELECT FROM event AS e WHERE e.id = t.event_id AND e.service_id = t.service_id)
                        """).query(Long.class).single())
                .as("each transition has its event")
                .isZero();
    }

    /** The database refuses everybody, as while it restarts. */
    public void goAway() {
        away = true;
        control("ALTER DATABASE %s ALLOW_CONNECTIONS false");
        control("SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE datname = '%s'");
    }

    public void comeBack() {
        control("ALTER DATABASE %s ALLOW_CONNECTIONS true");
        away = false;
    }

    private void control(String sql) {
        PGSimpleDataSource server = new PGSimpleDataSource();
        server.setUrl(direct.getUrl());
        server.setDatabaseName("postgres");
        server.setUser("postgres");
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql.formatted(direct.getDatabaseName()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
