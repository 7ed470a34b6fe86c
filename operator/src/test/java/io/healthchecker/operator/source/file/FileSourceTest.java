package io.healthchecker.operator.source.file;

import static io.healthchecker.operator.source.file.Checks.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Source;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.TcpProbe;
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

class FileSourceTest {
    @TempDir
    private Path directory;

    private Checks checks;

    @BeforeEach
    void start() {
        checks = new Checks(directory);
    }

    @AfterEach
    void invariantsHold() {
        assertThat(checks.jdbc
                        .sql(
                                "SELECT count(*) = coalesce(max(id), 0) AND count(*) = (SELECT last_id FROM event_counter) FROM event")
                        .query(Boolean.class)
                        .single())
                .as("event ids are dense")
                .isTrue();
        checks.close();
    }

    @Test
    void servicesFollowTheirFiles() throws IOException {
        checks.write("web.yaml", service("a", 1), service("b", 2));
        checks.write("deep/er/x.yml", service("c", 3));
        checks.write("notes.txt", "not ours");
        checks.look();
        assertThat(checks.services())
                .containsExactly("1 deep/er/x.yml#c 3 v1", "2 web.yaml#a 1 v1", "3 web.yaml#b 2 v1");

        checks.write("web.yaml", service("a", 9));
        checks.look();
        assertThat(checks.services()).containsExactly("1 deep/er/x.yml#c 3 v1", "2 web.yaml#a 9 v2");

        checks.delete("deep/er/x.yml");
        checks.look();
        assertThat(checks.services()).containsExactly("2 web.yaml#a 9 v2");
        assertThat(checks.errors()).isEmpty();
    }

    @Test
    void nothingIsWrittenWhereNothingChanged() {
        checks.write("web.yaml", service("a", 1));
        checks.look();
        long changes = changes();

        checks.look().ticker.move(120_000);
        checks.look().restart();
        checks.write("web.yaml", "# a comment\n" + service("a", 1));
        checks.look();

        assertThat(checks.services()).containsExactly("1 web.yaml#a 1 v1");
        assertThat(changes()).isEqualTo(changes);
    }

    @Test
    void halfAFileKeepsItsServicesAndIsToldOnce() {
        checks.write("a.yaml", service("a", 1), service("b", 2));
        checks.write("b.yaml", service("c", 3));
        checks.look();

        checks.put("a.yaml", service("a", 7) + "---\n" + service("b", 2).substring(0, 120));
        checks.write("b.yaml", service("c", 4));
        checks.look();
        checks.look();

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
    void aBadDocumentIsToldByItsPlaceAndLeavesOthersAlone() {
        checks.write("web.yaml", service("a", 1), service("b", 0), service("c", 3));
        checks.look();

        assertThat(checks.services()).containsExactly("1 web.yaml#a 1 v1", "2 web.yaml#c 3 v1");
        assertThat(checks.errors()).containsExactly("web.yaml:13:32: spec.tcp.port is 0; it must be 1 to 65535");
        assertThat(checks.meters.get("hc.source.file.errors").gauge().value()).isEqualTo(1);
    }

    @Test
    void aFileReplacedByRenameIsOneChange() throws IOException {
        checks.write("web.yaml", service("a", 1));
        checks.look();

        checks.write("next.tmp", service("a", 2));
        Files.move(directory.resolve("next.tmp"), directory.resolve("web.yaml"), StandardCopyOption.ATOMIC_MOVE);
        checks.look();

        assertThat(checks.services()).containsExactly("1 web.yaml#a 2 v2");
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
    void aServiceThatMovesToAnotherFileKeepsItsIdAndHistory() throws IOException {
        checks.write("a.yaml", service("a", 1), service("b", 2));
        checks.look();

        checks.write("a.yaml", service("b", 2));
        checks.write("b.yaml", service("a", 1));
        checks.look();
        assertThat(checks.services()).containsExactly("1 b.yaml#a 1 v2", "2 a.yaml#b 2 v1");

        Files.move(directory.resolve("b.yaml"), directory.resolve("c.yaml"));
        checks.look();
        assertThat(checks.services()).containsExactly("1 c.yaml#a 1 v3", "2 a.yaml#b 2 v1");
    }

    @Test
    void aNameInTwoFilesStaysWithTheOneThatHadIt() throws IOException {
        checks.write("b.yaml", service("a", 1));
        checks.look();

        checks.write("a.yaml", service("a", 2), service("other", 3));
        checks.look();
        assertThat(checks.services()).containsExactly("1 b.yaml#a 1 v1", "2 a.yaml#other 3 v1");
        assertThat(checks.errors()).containsExactly("a.yaml:4:9: name \"a\" is taken by b.yaml#a; choose another one");

        checks.delete("b.yaml");
        checks.look();
        assertThat(checks.services()).containsExactly("1 a.yaml#a 2 v2", "2 a.yaml#other 3 v1");
        assertThat(checks.errors()).isEmpty();
    }

    @Test
    void aNameThatAnotherSourceHasIsRefusedAndOthersGoOn() {
        int team = new FileTeam(null, new io.healthchecker.core.team.FirstTeamTable(checks.jdbc), checks.transactions)
                .getAsInt();
        var definition = new Definition(
                null, new TcpProbe("x", 9, null, null, null, null), null, null, null, null, null, null, null, null);
        var theirs = checks.registration.create(new NewService(team, "a", Source.REST, null, definition));
        checks.write("web.yaml", service("a", 1), service("b", 2));
        checks.look();

        assertThat(checks.services()).contains("1 9 v1").hasSize(2);
        assertThat(checks.errors())
                .containsExactly(
                        "web.yaml:4:9: name \"a\" is taken by another service of this team; choose another one");

        checks.registration.remove(team, theirs.id(), null);
        checks.look();
        assertThat(checks.services()).anyMatch(service -> service.endsWith("web.yaml#a 1 v1"));
        assertThat(checks.errors()).isEmpty();
    }

    @Test
    void aThousandFilesAreLoaded() {
        for (int i = 0; i < 1_000; i++) {
            checks.write("%d/%d.yaml".formatted(i % 10, i), service("s" + i, 1 + i));
        }
        checks.look();

        assertThat(checks.services()).hasSize(1_000);
        assertThat(checks.source.get().services()).isEqualTo(1_000);
        assertThat(checks.errors()).isEmpty();
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
    void aTeamByNameIsMadeAndATeamByIdMustExist() {
        checks.write("web.yaml", service("a", 1));
        checks.belongTo("platform");
        checks.look();
        assertThat(teams()).containsExactly("platform a");

        checks.belongTo("7");
        checks.look();
        assertThat(checks.source.get().problem())
                .isEqualTo("hc.source.file.team is 7; no team has that id: set the id or the name of one");

        checks.belongTo("other");
        checks.look();
        assertThat(teams()).containsExactly("other a");
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

    private List<String> teams() {
        return checks.jdbc
                .sql(
                        "SELECT t.name || ' ' || s.name FROM service AS s JOIN team AS t ON t.id = s.team_id WHERE deleted_at IS NULL")
                .query(String.class)
                .list();
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
