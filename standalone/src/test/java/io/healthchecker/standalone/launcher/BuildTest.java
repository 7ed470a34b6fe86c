package io.healthchecker.standalone.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the script builds, on a small checkout whose Maven only writes down that it was called. */
class BuildTest {
    @TempDir
    Path checkout;

    private Launcher hc = Launcher.ofThisCheckout();

    @BeforeEach
    void makesACheckout() throws IOException {
        Path script = checkout.resolve("hc");
        Files.copy(hc.script(), script);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        write("pom.xml", "");
        for (String module : List.of("crds", "core", "operator", "worker", "api-server", "standalone")) {
            write(module + "/pom.xml", "");
            write(module + "/src/main/java/A.java", "");
            write(module + "/src/test/java/ATest.java", "");
        }
        maven("mkdir -p standalone/target/fast && : >standalone/target/fast/health-checker.jar");
        hc = new Launcher(script, checkout, Map.of("HC_AOT", "off"));
    }

    @Test
    void buildsOnceAndThenOnlyWhatChanged() throws Exception {
        hc.run("version");
        hc.run("version");
        assertThat(calls()).hasSize(1).first().asString().contains("-pl standalone -am package");

        touch("core/src/main/java/A.java");
        hc.run("version");
        assertThat(calls()).hasSize(2);

        touch("worker/pom.xml");
        hc.run("version");
        assertThat(calls()).hasSize(3);

        hc.run("version");
        assertThat(calls()).hasSize(3);
    }

    @Test
    void aTestIsNotInTheJars() throws Exception {
        hc.run("version");
        touch("core/src/test/java/ATest.java");
        hc.run("version");

        assertThat(calls()).hasSize(1);
    }

    @Test
    void aDeveloperClusterIsBuiltWithoutTheProduct() throws Exception {
        hc.run("dev-cluster", "down");

        assertThat(calls()).hasSize(1).first().asString().contains("-pl cluster -am package");
    }

    @Test
    void aDeletedSourceIsAChange() throws Exception {
        hc.run("version");
        Files.delete(checkout.resolve("crds/src/main/java/A.java"));
        touch("crds/src/main/java");
        hc.run("version");

        assertThat(calls()).hasSize(2);
    }

    @Test
    void aFailedBuildShowsItsErrorsAndIsTriedAgain() throws Exception {
        maven("echo '[INFO] fine'; echo '[ERROR] A.java:[1,1] nonsense'; exit 1");

        var run = hc.run("version");
        hc.run("version");

        assertThat(run.err())
                .contains("[ERROR] A.java:[1,1] nonsense", "hc: the build failed")
                .doesNotContain("fine");
        assertThat(run.code()).isEqualTo(2);
        assertThat(calls()).hasSize(2);
    }

    @Test
    void addsUpWhatTheTestsReport() throws Exception {
        maven(reporting("core", "tests=\"7\" errors=\"0\" skipped=\"2\" failures=\"0\"")
                + reporting("worker", "tests=\"3\" errors=\"0\" skipped=\"0\" failures=\"0\""));

        var run = hc.run("test");

        assertThat(run.out()).endsWith("8 passed, 0 failed, 2 skipped\n");
        assertThat(run.code()).isZero();
        assertThat(calls()).containsExactly("-B -T3 verify");
    }

    @Test
    void failsWithTheTests() throws Exception {
        maven(reporting("core", "tests=\"7\" errors=\"1\" skipped=\"0\" failures=\"2\"") + "exit 1");

        var run = hc.run("test");

        assertThat(run.out()).endsWith("4 passed, 3 failed, 0 skipped\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void failsWhereNoTestRan() throws Exception {
        write(
                "core/target/surefire-reports/TEST-Old.xml",
                "<testsuite tests=\"7\" errors=\"0\" skipped=\"0\" failures=\"0\">");
        Files.setLastModifiedTime(
                checkout.resolve("core/target/surefire-reports/TEST-Old.xml"), FileTime.from(Instant.EPOCH));
        maven("");

        var run = hc.run("test");

        assertThat(run.out()).endsWith("0 passed, 0 failed, 0 skipped\n");
        assertThat(run.code()).isNotZero();
    }

    private static String reporting(String module, String counts) {
        return """
                mkdir -p %1$s/target/surefire-reports
                cat >%1$s/target/surefire-reports/TEST-A.xml <<'XML'
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="A"
                    %2$s>
                  <testcase name="tests=&quot;99&quot;"/>
                </testsuite>
                XML
                """.formatted(module, counts);
    }

    private void maven(String does) throws IOException {
        Path mvnw = checkout.resolve("mvnw");
        Files.writeString(mvnw, "#!/bin/sh\necho \"$*\" >>calls\n" + does + "\n");
        assertThat(mvnw.toFile().setExecutable(true)).isTrue();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(checkout.resolve("calls"));
    }

    private void write(String name, String text) throws IOException {
        Path file = checkout.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardOpenOption.CREATE);
    }

    /** A moment after the stamp of a build just done, which has a clock of the file system's own. */
    private void touch(String name) throws IOException {
        Files.setLastModifiedTime(
                checkout.resolve(name),
                FileTime.from(Files.getLastModifiedTime(checkout.resolve("standalone/target/fast/.built"))
                        .toInstant()
                        .plusMillis(20)));
    }
}
