package io.healthchecker.operator.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.service.DefinitionError;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.team.FirstTeamTable;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.operator.source.Reconciliation;
import io.healthchecker.operator.source.SourceLease;
import io.healthchecker.operator.source.SourceMetrics;
import io.healthchecker.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A directory of files, a database, and a file source between them whose time is moved by hand. */
final class Checks implements AutoCloseable {
    final Path directory;
    final DataSource database = TestPostgres.freshDatabase();
    final JdbcClient jdbc = JdbcClient.create(database);
    final JdbcTransactionManager transactions = new JdbcTransactionManager(database);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final MovedTicker ticker = new MovedTicker();
    final Registration registration = new Registration(jdbc, transactions, ticker);
    private String team;
    private SourceLease lease;
    FileSource source;

    Checks(Path directory) {
        this.directory = directory;
        restart();
        FileSourceMetrics.register(meters, source);
    }

    /** As another process would begin, with the same directory and database. */
    void restart() {
        if (lease != null) {
            lease.close();
        }
        lease = new SourceLease(database, Source.FILE);
        source = new FileSource(
                directory,
                new FileTeam(team, new FirstTeamTable(jdbc), transactions),
                new Reconciliation(
                        Source.FILE,
                        new ServiceTable(jdbc),
                        registration,
                        new SourceMetrics(new SimpleMeterRegistry(), Source.FILE),
                        () -> {}),
                lease,
                ticker);
    }

    void belongTo(String nameOrId) {
        team = nameOrId;
        restart();
    }

    /** Looks often enough that even removals have happened. */
    Checks look() {
        while (source.look()) {
            ticker.move(FileSource.REMOVED_AFTER_MILLIS);
        }
        return this;
    }

    void write(String path, String... documents) {
        put(path, String.join("---\n", documents));
    }

    void put(String path, String text) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String path) throws IOException {
        Files.delete(directory.resolve(path));
    }

    static String service(String name, int port) {
        return """
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata:
                  name: %s
                spec:
                  tcp: {host: localhost, port: %d}
                """.formatted(name, port);
    }

    /** Every service that lives, as {@code id owner port version}. */
    List<String> services() {
        return jdbc.sql("""
                        SELECT concat_ws(' ', id, owner, definition->'tcp'->>'port', 'v' || version)
                          FROM service WHERE deleted_at IS NULL ORDER BY id
                        """).query(String.class).list();
    }

    List<String> errors() {
        return source.get().errors().stream().map(DefinitionError::toString).toList();
    }

    /** Asks the invariants once more. */
    @Override
    public void close() {
        lease.close();
        assertThat(jdbc.sql("""
                        SELECT count(*) = coalesce(max(id), 0) AND count(*) = (SELECT last_id FROM event_counter) FROM event
                        """).query(Boolean.class).single())
                .as("event ids are dense")
                .isTrue();
    }

    /** The machine's time, and what it was moved by. */
    static final class MovedTicker implements Ticker {
        private long movedMillis;

        void move(long millis) {
            movedMillis += millis;
        }

        @Override
        public long epochMillis() {
            return Ticker.system().epochMillis() + movedMillis;
        }

        @Override
        public long nanoTime() {
            return Ticker.system().nanoTime() + movedMillis * 1_000_000;
        }
    }
}
