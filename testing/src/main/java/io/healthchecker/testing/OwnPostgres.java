package io.healthchecker.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL of one's own, which can be stopped and started again with its data. */
public final class OwnPostgres implements AutoCloseable {
    /** How long one of the tests may take to start: its own limit of ten seconds is short for a busy machine. */
    static final Duration START = Duration.ofMinutes(2);

    private final Path directory;
    private final int port;
    private EmbeddedPostgres server;

    private OwnPostgres(Path directory) {
        this.directory = directory;
        this.port = FreePort.next();
        this.server = launch();
    }

    /** A new one with its data in a directory. */
    public static OwnPostgres start(Path directory) {
        return new OwnPostgres(directory);
    }

    /** As the product is told it. */
    public String url() {
        return "postgres://postgres:postgres@127.0.0.1:%d/postgres?sslmode=disable".formatted(port);
    }

    public DataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port));
        source.setUser("postgres");
        return source;
    }

    /** Id of its first process. */
    public long pid() {
        return PostmasterPid.in(directory);
    }

    /** Stops it: whoever is connected is thrown out. */
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again where it was. */
    public void startAgain() {
        server = launch();
    }

    private EmbeddedPostgres launch() {
        try {
            return EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(directory)
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(START)
                    .setServerConfig("max_connections", "300")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("a PostgreSQL of the tests does not start", e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
