package io.healthchecker.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** One PostgreSQL for all tests of this JVM, from which every test takes a database of its own. It ends with the JVM. */
public final class TestPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    /** A new database, migrated by what lies on the class path under {@code db/migration}. Each connection is a new one. */
    public static PGSimpleDataSource freshDatabase() {
        return create(Template.NAME);
    }

    /** A new database without a table, for those who migrate it themselves. */
    public static PGSimpleDataSource emptyDatabase() {
        return create("template1");
    }

    private static PGSimpleDataSource create(String template) {
        return create("test_" + DATABASES.incrementAndGet(), template);
    }

    private static PGSimpleDataSource create(String name, String template) {
        try (var connection = database("postgres").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE %s TEMPLATE %s STRATEGY FILE_COPY".formatted(name, template));
        } catch (SQLException e) {
            throw new IllegalStateException("database %s could not be made from %s".formatted(name, template), e);
        }
        return database(name);
    }

    private static PGSimpleDataSource database(String name) {
        var database = new PGSimpleDataSource();
        database.setUrl(Server.POSTGRES.getJdbcUrl("postgres", name));
        return database;
    }

    /** Migrated once; a copy of it takes a tenth of the time. */
    private static final class Template {
        static final String NAME = migrated("migrated");

        private static String migrated(String name) {
            Flyway.configure().dataSource(create(name, "template1")).load().migrate();
            return name;
        }
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                Path directory = Files.createTempDirectory("hc-test-postgres");
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setPort(FreePort.next())
                        .setDataDirectory(directory)
                        .setCleanDataDirectory(false)
                        .setPGStartupWait(OwnPostgres.START)
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "400")
                        .start();
                long pid = PostmasterPid.in(directory);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(pid, directory)));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException("the PostgreSQL of the tests does not start", e);
            }
        }

        // an orderly end would first write hundreds of databases to disk, only to delete them, which nobody waits for
        private static void end(long pid, Path directory) {
            String line = """
                    kill -QUIT "$0"
                    for i in $(seq 100); do kill -0 "$0" && sleep 0.1; done
                    rm -rf "$1"
                    """;
            try {
                new ProcessBuilder("sh", "-c", line, Long.toString(pid), directory.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (IOException orderlyThen) {
                // by the server's own hook; the folder stays
            }
        }
    }
}
