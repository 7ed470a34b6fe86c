package io.healthchecker.operator.source.file;

import static io.healthchecker.operator.source.file.Checks.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceLoopTest {
    @TempDir
    private Path directory;

    @Test
    void whatHappensInADirectoryIsHeard() throws Exception {
        // so far apart that only what is heard can bring it about
        follow(Duration.ofHours(1), (checks, _) -> {
            checks.write("new/deep/web.yaml", service("a", 1));
            await().until(() -> checks.services().size() == 1);
            // the new directories are heard as well
            await().until(() -> {
                checks.write("new/deep/web.yaml", service("a", 2));
                return checks.services().getFirst().endsWith("2 v2");
            });
            Files.delete(directory.resolve("new/deep/web.yaml"));
            await().until(() -> checks.services().isEmpty());
        });
    }

    @Test
    void whatIsNotHeardIsSeenAtTheNextLook() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("web.txt"), service("a", 1));
        Files.createSymbolicLink(directory.resolve("web.yaml"), other.resolve("web.txt"));
        Path checksOnly = Files.createDirectory(directory.resolve("checks"));
        Files.move(directory.resolve("web.yaml"), checksOnly.resolve("web.yaml"));
        try (var checks = new Checks(checksOnly);
                var loop = new FileSourceLoop(checks.source, Duration.ofMillis(50))) {
            loop.start();
            await().until(() -> checks.services().size() == 1);
            Files.writeString(other.resolve("web.txt"), service("a", 2));
            await().until(() -> checks.services().getFirst().endsWith("2 v2"));
        }
    }

    @Test
    void itEndsWhenItIsClosed() throws Exception {
        try (var checks = new Checks(directory)) {
            var loop = new FileSourceLoop(checks.source, Duration.ofHours(1));
            loop.start();
            await().until(() -> checks.source.get().lookedAt() != null);
            loop.close();
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().equals("file-source"));
        }
    }

    private interface Story {
        void tell(Checks checks, FileSourceLoop loop) throws Exception;
    }

    private void follow(Duration rescan, Story story) throws Exception {
        try (var checks = new Checks(directory);
                var loop = new FileSourceLoop(checks.source, rescan)) {
            loop.start();
            await().until(() -> checks.source.get().lookedAt() != null);
            story.tell(checks, loop);
        }
    }
}
