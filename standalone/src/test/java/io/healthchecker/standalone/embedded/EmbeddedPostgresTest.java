package io.healthchecker.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.standalone.StartFailure;
import io.healthchecker.standalone.setting.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmbeddedPostgresTest {
    @TempDir
    Path directory;

    /** As root, both ways not to be root; else the only one there is. */
    static Stream<Runner> runners() {
        return System.getProperty("user.name").equals("root")
                ? Stream.of(Runner.NAMESPACE, Runner.NOBODY_USER)
                        .filter(runner -> runner == Runner.NOBODY_USER || Runner.here() == Runner.NAMESPACE)
                : Stream.of(Runner.SELF);
    }

    @ParameterizedTest
    @MethodSource("runners")
    void startsStopsAndStartsAgain(Runner runner) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var data = DataDirectory.open(directory.resolve("a b"))) {
            try (var connection = connect(EmbeddedPostgres.start(data, runner))) {
                assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
                connection.createStatement().execute("CREATE TABLE kept AS SELECT 'ü' AS letter");
            }
            EmbeddedPostgres.stop(data);
            try (var connection = connect(EmbeddedPostgres.start(data, runner));
                    var rows = connection.createStatement().executeQuery("SELECT upper(letter) FROM kept")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("Ü");
            } finally {
                EmbeddedPostgres.stop(data);
            }
            assertThat(data.resolve("postgresql/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void nobodyEntersWithoutThePassword() throws Exception {
        try (var data = DataDirectory.open(directory)) {
            DatabaseAddress address = EmbeddedPostgres.start(data);
            try {
                assertThatThrownBy(() -> DriverManager.getConnection(address.jdbcUrl(), "health_checker", "guess"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password authentication failed");
                assertThat(PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(directory.resolve("postgresql.password"))))
                        .isEqualTo("rw-------");
            } finally {
                EmbeddedPostgres.stop(data);
            }
        }
    }

    @Test
    void anIdThatSomebodyElseHasNowIsNotWaitedForNorStopped() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try (var data = DataDirectory.open(directory)) {
            EmbeddedPostgres.start(data);
            Path pidFile = data.resolve("postgresql/postmaster.pid");
            String written = Files.readString(pidFile);
            EmbeddedPostgres.stop(data);
            Files.writeString(pidFile, written.replaceFirst("^\\d+", Long.toString(stranger.pid())));

            EmbeddedPostgres.start(data);

            assertThat(stranger.isAlive()).isTrue();
            EmbeddedPostgres.stop(data);
        } finally {
            stranger.destroy();
        }
    }

    @Test
    void aHalfMadeClusterIsMadeAnew() throws Exception {
        Files.createDirectories(directory.resolve("postgresql.new/base"));
        try (var data = DataDirectory.open(directory)) {
            connect(EmbeddedPostgres.start(data)).close();
            EmbeddedPostgres.stop(data);
        }
        assertThat(directory.resolve("postgresql.new")).doesNotExist();
    }

    @Test
    void dataOfAnotherReleaseIsNamed() throws IOException {
        Files.createDirectories(directory.resolve("postgresql"));
        Files.writeString(directory.resolve("postgresql/PG_VERSION"), "17\n");
        try (var data = DataDirectory.open(directory)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                    .isInstanceOf(StartFailure.class)
                    .hasMessage("%s holds data of PostgreSQL 17, and this is 18; restore a dump of it into a new --data"
                            .formatted(data.resolve("postgresql")));
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(
                address.jdbcUrl(),
                address.login().user().orElseThrow(),
                address.login().password().map(Secret::reveal).orElseThrow());
    }
}
