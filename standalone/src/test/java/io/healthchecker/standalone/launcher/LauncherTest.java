package io.healthchecker.standalone.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
    private final Launcher hc = Launcher.ofThisCheckout();

    @Test
    void printsItsVersion() throws Exception {
        var run = hc.run("version");

        assertThat(run.out()).startsWith("Health Checker ").contains("Java 2").hasLineCount(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
    }

    @Test
    void runsThroughALinkToALinkFromAnotherDirectory(@TempDir Path elsewhere) throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("real-link"), hc.script());
        Path second = Files.createSymbolicLink(elsewhere.resolve("hc with a blank"), Path.of("real-link"));

        var run = hc.through(second).from(elsewhere).run("version");

        assertThat(link).isSymbolicLink();
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "bench", "dev-cluster", "version", "test"})
    void explainsEachCommand(String command) throws Exception {
        var run = hc.run(command, "--help");

        assertThat(run.out()).startsWith("Usage: hc " + command);
        assertThat(run.code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "up --nonsense",
                "up --port x",
                "up unasked",
                "bench",
                "bench nonsense",
                "dev-cluster"
            })
    void misuseIsSaidInOneLineAndEndsWithTwo(String arguments) throws Exception {
        var run = hc.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(run.err()).startsWith("hc: ").doesNotContain("Exception");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void looksPastAnOldJavaHome(@TempDir Path old) throws Exception {
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");

        var run = hc.with("JAVA_HOME", old.toString()).run("version");

        assertThat(run.code()).isZero();
    }

    @Test
    void withoutAJdkItSaysInOneLineHowToGetOne(@TempDir Path home) throws Exception {
        // no machine is without one that runs this test, so none is new enough
        Path script = home.resolve("hc");
        Files.writeString(script, Files.readString(hc.script()).replace("oldest=25", "oldest=99"));
        assertThat(script.toFile().setExecutable(true)).isTrue();

        var run = hc.through(script).run("up");

        assertThat(run.err())
                .startsWith("hc: no JDK 99 or later")
                .contains("https://")
                .hasLineCount(1);
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void passesWordsOnUntouched() throws Exception {
        var run = hc.run("bench", "a name with $HOME, \"quotes\" and  blanks");

        assertThat(run.err()).contains("there is no bench a name with $HOME, \"quotes\" and  blanks; ");
    }
}
