package io.healthchecker.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFolderTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path temporary;

    @Test
    void endsWhatItStartedAndRemovesItself() {
        ClusterFolder folder = folder();
        ProcessHandle one = start(folder, "one");
        ProcessHandle other = start(folder, "other");
        assertThat(folder.isWhole()).isTrue();

        folder.end();

        assertThat(one.isAlive()).isFalse();
        assertThat(other.isAlive()).isFalse();
        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void anIdThatWasGivenAnewIsNotOurs() throws IOException {
        ClusterFolder folder = folder();
        Process somebodyElse = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(folder.resolve("one.pid"), somebodyElse.pid() + "\n");

            assertThat(folder.process("one")).isEmpty();
            assertThat(folder.isWhole()).isFalse();
            folder.end();

            assertThat(somebodyElse.isAlive()).isTrue();
            assertThat(folder.path()).doesNotExist();
        } finally {
            somebodyElse.destroyForcibly();
        }
    }

    @Test
    void isNotWholeWhenOneDied() {
        ClusterFolder folder = folder();
        start(folder, "one");
        start(folder, "other");

        folder.kill("other");

        assertThat(folder.isWhole()).isFalse();
        folder.end();
    }

    @Test
    void goesWithAJvmThatIsKilled() throws IOException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShortLived.class.getName())
                .redirectErrorStream(true)
                .start();
        Path folder = Path.of(jvm.inputReader().readLine());
        ProcessHandle started =
                ProcessHandle.of(Long.parseLong(jvm.inputReader().readLine())).orElseThrow();

        jvm.destroyForcibly();

        await().atMost(SOON).until(() -> !started.isAlive() && !Files.exists(folder));
    }

    /** A process with a cluster folder, until it is killed. */
    static final class ShortLived {
        private ShortLived() {}

        public static void main(String[] arguments) throws InterruptedException {
            ClusterFolder folder = ClusterFolder.ofThisJvm();
            System.out.println(folder.path());
            System.out.println(start(folder, "one").pid());
            Thread.currentThread().join();
        }
    }

    @Test
    void aProcessThatDoesNotNameTheFolderCouldNotBeToldFromOthers() {
        assertThatThrownBy(() -> folder().start("one", List.of("sleep", "600")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ClusterFolder folder() {
        return ClusterFolder.at(temporary.resolve("cluster"));
    }

    /** One that runs until it is ended. */
    private static ProcessHandle start(ClusterFolder folder, String name) {
        folder.start(
                name,
                List.of("sh", "-c", "while :; do sleep 1; done", folder.path().toString()));
        await().atMost(SOON).until(() -> folder.process(name).isPresent());
        return folder.process(name).orElseThrow();
    }
}
