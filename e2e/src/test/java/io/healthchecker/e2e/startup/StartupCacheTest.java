package io.healthchecker.e2e.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first {@code hc up} makes the JVM's start-up cache, and the next start takes it. A JVM under other flags, or on
 * other jars, leaves it aside without a word: so it is asked here to fail instead.
 */
class StartupCacheTest {
    private static final Duration MADE = Duration.ofMinutes(6);

    /** Neither too long for the name of a socket nor removed before its JVMs are. */
    @TempDir
    Path directory;

    private Path jar = Path.of("");

    @BeforeEach
    void takesTheJarsOfThisBuild() throws IOException {
        Path built = newest("health-checker.jar");
        jar = Files.copy(built, directory.resolve("health-checker.jar"));
        Files.createSymbolicLink(directory.resolve("lib"), built.resolveSibling("lib"));
    }

    @Test
    void isMadeByTheFirstUpAndTakenByTheNextStart() throws Exception {
        Process up = hc("up.log", "-Dhc.cache.rest=0 -Dhc.cache.nice=0", "up", "--ephemeral", "--port", "0");
        try {
            await().atMost(MADE).untilAsserted(() -> {
                assertThat(up.isAlive()).as(log("up.log")).isTrue();
                assertThat(caches())
                        .as("cache, after %s%s", log("up.log"), log("training.log"))
                        .hasSize(1);
            });
        } finally {
            up.destroy();
            assertThat(up.waitFor(120, TimeUnit.SECONDS)).isTrue();
        }

        Process next = hc("next.log", "-XX:AOTMode=on", "version");

        assertThat(next.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(log("next.log")).startsWith("Health Checker ").hasLineCount(1);
        assertThat(next.exitValue()).isZero();
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".aot")).toList();
        }
    }

    private Process hc(String log, String option, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(checkout().resolve("hc").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(log).toFile());
        List.of("DATABASE_URL", "REDIS_URL", "JWT_SECRET", "PORT", "ENV", "HC_AOT")
                .forEach(builder.environment()::remove);
        builder.environment().put("HC_CLASS_PATH", jar.toString());
        // JVMs that live for a minute: the second compiler never pays
        builder.environment().put("HC_JAVA_OPTS", "-XX:TieredStopAtLevel=1 " + option);
        return builder.start();
    }

    private String log(String name) throws IOException {
        Path file = directory.resolve(name);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static Path newest(String name) throws IOException {
        Path target = checkout().resolve("standalone/target");
        Path full = target.resolve(name);
        Path fast = target.resolve("fast").resolve(name);
        if (!Files.exists(full)
                || (Files.exists(fast)
                        && Files.getLastModifiedTime(fast).compareTo(Files.getLastModifiedTime(full)) > 0)) {
            full = fast;
        }
        assertThat(full)
                .as("the jar that the phase package makes: run ./mvnw verify")
                .exists();
        return full.toAbsolutePath();
    }

    private static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("hc")) ? here : Objects.requireNonNull(here.getParent());
    }
}
