package io.healthchecker.e2e.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.testing.HcProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpTest {
    private static final Pattern READY =
            Pattern.compile("^Health Checker is ready at http://localhost:(\\d+)$", Pattern.MULTILINE);
    private static final Duration START = Duration.ofMinutes(5);
    /** The product promises 10 s; a machine that also builds gets more. */
    private static final Duration STOP = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<HcProcess> started = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        started.stream().filter(HcProcess::isAlive).forEach(HcProcess::kill);
        Footprint.of(directory).forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void outlivesAKillAndKeepsItsData() throws Exception {
        HcProcess first = start("first");
        int port = awaitReady(first);
        assertThat(get(port, "/actuator/health/readiness")).contains("UP");
        Database.of(data()).execute("CREATE TABLE kept AS SELECT 42 AS answer");
        String key = Files.readString(data().resolve("jwt.secret"));
        aSecondOneIsRefused(first);
        List<Long> servers =
                Footprint.of(directory).stream().map(ProcessHandle::pid).toList();

        first.kill();
        assertThat(Footprint.of(directory)).extracting(ProcessHandle::pid).containsAll(servers);
        HcProcess second = start("second");
        awaitReady(second);

        assertThat(Footprint.of(directory)).extracting(ProcessHandle::pid).doesNotContainAnyElementsOf(servers);
        assertThat(Database.of(data()).number("SELECT answer FROM kept")).isEqualTo(42);
        stop(second);

        HcProcess third = start("third");
        awaitReady(third);
        assertThat(Database.of(data()).number("SELECT answer FROM kept")).isEqualTo(42);
        assertThat(data().resolve("jwt.secret")).hasContent(key);
        stop(third);
    }

    private void aSecondOneIsRefused(HcProcess first) {
        HcProcess refused = start("refused");

        assertThat(refused.awaitExit(START)).isEqualTo(2);
        assertThat(refused.output())
                .isEqualTo("hc: data directory %s is in use by process %d; stop that, or choose another with --data%n"
                        .formatted(data(), first.pid()));
        assertThat(first.isAlive()).isTrue();
    }

    private void stop(HcProcess up) {
        up.terminate();
        assertThat(up.awaitExit(STOP)).as("killed by SIGTERM").isEqualTo(143);
        assertThat(Footprint.of(directory)).isEmpty();
        assertThat(READY.matcher(up.output()).results()).hasSize(1);
        assertThat(up.complaints()).isEmpty();
    }

    @Test
    void anEphemeralOneKeepsNothingNotEvenWhenItIsKilled() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        HcProcess first = startEphemeral("first", temporary);
        awaitReady(first);
        first.kill();

        HcProcess second = startEphemeral("second", temporary);
        awaitReady(second);
        assertThat(ephemeral(temporary)).hasSize(1);
        second.terminate();
        second.awaitExit(STOP);

        assertThat(ephemeral(temporary)).isEmpty();
        assertThat(Footprint.of(directory)).isEmpty();
        assertThat(directory.resolve("data")).doesNotExist();
    }

    private HcProcess startEphemeral(String name, Path temporary) {
        var there = Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        return launch(name, there, "up", "--ephemeral", "--port", "0");
    }

    private static List<Path> ephemeral(Path temporary) throws IOException {
        try (var found = Files.newDirectoryStream(temporary, "health-checker-ephemeral-*")) {
            return StreamSupport.stream(found.spliterator(), false).toList();
        }
    }

    /** PostgreSQL never runs as root, and the files of others are closed to us: the two ways to start differ. */
    @Test
    void runsAsAnOrdinaryUser() throws Exception {
        try (var user = OrdinaryUser.in(directory)) {
            Process up = user.start("up", "--data", user.home().resolve("data").toString(), "--port", "0");
            await().atMost(START).until(() -> {
                assertThat(up.isAlive()).as(user.output()).isTrue();
                return READY.matcher(user.output()).find();
            });
            up.destroy();

            assertThat(up.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(Footprint.of(user.home())).isEmpty();
        }
    }

    @Test
    void stopsInTheMiddleOfItsStart() throws Exception {
        HcProcess up = start("early");
        await().atMost(START).until(() -> up.output().contains("PostgreSQL runs"));

        up.terminate();

        assertThat(up.awaitExit(STOP)).isEqualTo(143);
        await().atMost(STOP)
                .untilAsserted(() -> assertThat(Footprint.of(directory)).isEmpty());
        assertThat(up.output()).doesNotContain("this is a bug");
    }

    @Test
    void aBusyPortIsNamed() throws Exception {
        try (var taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            HcProcess up = launch("up", Map.of("PORT", ":" + port), "up");

            assertThat(up.awaitExit(START)).isEqualTo(2);
            assertThat(up.output())
                    .isEqualTo("hc: port %d is in use; stop what serves there, or choose another with --port or PORT%n"
                            .formatted(port));
        }
    }

    private HcProcess start(String name) {
        return launch(name, Map.of(), "up", "--data", data().toString(), "--port", "0");
    }

    private HcProcess launch(String name, Map<String, String> environment, String... arguments) {
        HcProcess process = HcProcess.start(directory, name, environment, arguments);
        started.add(process);
        return process;
    }

    private Path data() {
        return directory.resolve("data");
    }

    private static int awaitReady(HcProcess up) {
        await().atMost(START).until(() -> {
            assertThat(up.isAlive()).as(up.output()).isTrue();
            return READY.matcher(up.output()).find();
        });
        return READY.matcher(up.output())
                .results()
                .map(line -> Integer.parseInt(line.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}
