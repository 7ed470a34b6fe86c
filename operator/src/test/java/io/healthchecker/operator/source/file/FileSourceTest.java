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
    void stop() {
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
        var definition = Definition.of(TcpProbe.of("x", 9));
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
}
