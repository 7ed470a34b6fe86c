package io.healthchecker.operator.source.file;

import static io.healthchecker.operator.source.file.Checks.service;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.healthchecker.core.service.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What must not be lost or kept, whatever happens to the files. */
class FileSourceSafetyTest {
    @TempDir
    private Path directory;

    private Checks checks;

    @BeforeEach
    void start() {
        checks = new Checks(directory);
    }

    @AfterEach
    void stop() {
        checks.close();
    }

    @Test
    void halfAFileKeepsItsServicesAndIsToldOnce() {
        var told = new ListAppender<ILoggingEvent>();
        told.start();
        ((Logger) LoggerFactory.getLogger(FileSource.class)).addAppender(told);
        checks.write("a.yaml", service("a", 1), service("b", 2));
        checks.write("b.yaml", service("c", 3));
        checks.look();

        checks.put("a.yaml", service("a", 7) + "---\n" + service("b", 2).substring(0, 120));
        checks.write("b.yaml", service("c", 4));
        checks.look();
        checks.look();

        assertThat(told.list).hasSize(1);
        assertThat(told.list.getFirst().getFormattedMessage()).startsWith("file refused a.yaml:");
        assertThat(checks.services())
                .as("what can be read is applied, what cannot be is kept")
                .containsExactly("1 a.yaml#a 7 v2", "2 a.yaml#b 2 v1", "3 b.yaml#c 4 v2");
        assertThat(checks.errors())
                .singleElement()
                .asString()
                .startsWith("a.yaml:")
                .contains("this is not YAML");

        checks.put("a.yaml", "");
        checks.look();
        assertThat(checks.services()).hasSize(3);

        checks.write("a.yaml", service("b", 2));
        checks.look();
        assertThat(checks.services()).containsExactly("2 a.yaml#b 2 v1", "3 b.yaml#c 4 v2");
        assertThat(checks.errors()).isEmpty();
    }

    @Test
    void aFileThatIsAwayForAMomentLosesNothing() throws IOException {
        checks.write("web.yaml", service("a", 1));
        checks.write("other.yaml", service("b", 1));
        checks.look();

        checks.delete("web.yaml");
        assertThat(checks.source.look()).as("it looks again soon").isTrue();
        checks.write("web.yaml", service("a", 1));
        checks.look();

        assertThat(checks.services()).containsExactly("1 other.yaml#b 1 v1", "2 web.yaml#a 1 v1");
    }

    @Test
    void aDirectoryThatVanishesTakesNothingWithIt() throws IOException {
        checks.write("web.yaml", service("a", 1));
        checks.write("b/web.yaml", service("b", 1));
        checks.look();
        Path away = directory.resolveSibling(directory.getFileName() + "-away");

        Files.move(directory, away);
        checks.look().ticker.move(120_000);
        checks.look();
        assertThat(checks.services()).hasSize(2);
        assertThat(checks.source.get().problem()).isEqualTo(directory + " does not exist");
        assertThat(checks.meters.get("hc.source.file.applied").gauge().value()).isZero();

        // a mount point without its disk
        Files.createDirectory(directory);
        checks.look();
        assertThat(checks.services()).hasSize(2);
        assertThat(checks.source.get().problem())
                .isEqualTo(directory + " has no YAML file; services of earlier files stay until it has one");

        Files.delete(directory);
        Files.move(away, directory);
        checks.write("web.yaml", service("a", 2));
        checks.look();
        assertThat(checks.services()).containsExactly("1 b/web.yaml#b 1 v1", "2 web.yaml#a 2 v2");
        assertThat(checks.source.get().problem()).isNull();
    }

    @Test
    void aWrongDirectoryAtTheStartTakesNothingAway() throws IOException {
        checks.write("web.yaml", service("a", 1));
        checks.look();
        checks.delete("web.yaml");
        checks.restart();
        checks.look();
        assertThat(checks.services()).as("it was never seen with files").hasSize(1);

        checks.write("web.yaml", service("b", 1));
        checks.look();
        checks.delete("web.yaml");
        checks.look();
        assertThat(checks.services()).as("its last file was deleted").isEmpty();
    }

    @Test
    void whatLiesBelowWhatCannotBeReadStays() throws IOException {
        checks.write("sub/a.yaml", service("a", 1));
        checks.write("b.yaml", service("b", 1));
        checks.write("c.yaml", service("c", 1));
        checks.look();

        Files.move(directory.resolve("sub"), directory.resolve(".sub"));
        Files.createSymbolicLink(directory.resolve("sub"), directory.resolve("sub"));
        checks.delete("b.yaml");
        Files.createSymbolicLink(directory.resolve("b.yaml"), Path.of("nowhere"));
        checks.delete("c.yaml");
        checks.look();

        assertThat(checks.services()).containsExactly("1 b.yaml#b 1 v1", "3 sub/a.yaml#a 1 v1");
        assertThat(checks.errors()).hasSize(2).anyMatch(error -> error.startsWith("b.yaml:1:1: b.yaml is a link"));
    }

    @Test
    void linksAreFollowedAsKubernetesMountsThem() throws IOException {
        checks.write("..2026/web.yaml", service("a", 1));
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026"));
        Files.createSymbolicLink(directory.resolve("web.yaml"), Path.of("..data/web.yaml"));
        Files.createSymbolicLink(directory.resolve("loop"), Path.of("."));
        checks.look();
        assertThat(checks.services()).containsExactly("1 web.yaml#a 1 v1");

        checks.write("..2027/web.yaml", service("a", 2));
        Files.createSymbolicLink(directory.resolve("..next"), Path.of("..2027"));
        Files.move(directory.resolve("..next"), directory.resolve("..data"), StandardCopyOption.REPLACE_EXISTING);
        checks.look();
        assertThat(checks.services()).containsExactly("1 web.yaml#a 2 v2");
    }

    @Test
    void touchingFilesNeitherWritesNorKeepsThemOpen() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            checks.write(i + ".yaml", service("s" + i, 1));
            files.add(directory.resolve(i + ".yaml"));
        }
        checks.look();
        long changes = changes();
        long before = openFiles();

        for (Path file : files) {
            Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(checks.ticker.epochMillis()));
            checks.look();
        }

        assertThat(changes()).isEqualTo(changes);
        assertThat(openFiles()).isLessThan(before + 10);
    }

    @Test
    void whileTheDatabaseIsAwayNothingIsLost() {
        checks.write("web.yaml", service("a", 1));
        checks.jdbc.sql("ALTER TABLE service RENAME TO service_away").update();
        checks.look();
        assertThat(checks.source.get().problem()).startsWith("the database cannot be written: ");

        checks.jdbc.sql("ALTER TABLE service_away RENAME TO service").update();
        checks.look();
        assertThat(checks.services()).containsExactly("1 web.yaml#a 1 v1");
        assertThat(checks.source.get().problem()).isNull();
    }

    @Test
    void oneReplicaAppliesAtATime() {
        try (var other = new io.healthchecker.operator.source.SourceLease(checks.database, Source.FILE)) {
            assertThat(other.held()).isTrue();
            checks.write("web.yaml", service("a", 1));
            checks.look();
            assertThat(checks.services()).isEmpty();
            assertThat(checks.source.get().applying()).isFalse();
        }
        checks.look();
        assertThat(checks.services()).hasSize(1);
        assertThat(checks.source.get().applying()).isTrue();
    }

    private long changes() {
        return checks.jdbc
                .sql("SELECT count(*) FROM service_change")
                .query(Long.class)
                .single();
    }

    private static long openFiles() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
