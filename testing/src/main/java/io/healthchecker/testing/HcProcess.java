package io.healthchecker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One process of the product, started from this JVM's class path as {@code hc} would start it. */
public final class HcProcess implements AutoCloseable {
    private static final String MAIN = "io.healthchecker.standalone.command.Hc";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final Process process;
    private final Path log;

    private HcProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a process; its output goes to a file in {@code directory}.
     *
     * @param environment what it is told beside an environment without any setting of the product
     */
    public static HcProcess start(Path directory, String name, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + System.getProperty("hc.testing.tier", "4"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                StartUpCache.CLASS_PATH));
        command.addAll(StartUpCache.options(List.copyOf(command), MAIN));
        command.add(MAIN);
        command.addAll(List.of(arguments));
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        List.of("DATABASE_URL", "REDIS_URL", "JWT_SECRET", "PORT", "ENV").forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        try {
            return new HcProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a path on a port of this machine answers 200. */
    public HcProcess awaitOk(int port, String path, Duration limit) {
        Awaitility.await(name + " at port " + port)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(
                                "%s ended with %d:%n%s".formatted(name, process.exitValue(), output()));
                    }
                    return answersOk(port, path);
                });
        return this;
    }

    private static boolean answersOk(int port, String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What it has printed so far. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines that tell of something wrong; that the machine stood still is nothing that a process does wrong. */
    public List<String> complaints() {
        return output().lines()
                .filter(line -> Stream.of("ERROR", "WARN", "Exception").anyMatch(line::contains))
                .filter(line -> !line.contains("Thread starvation or clock leap detected"))
                .toList();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has ended, and returns its exit code. */
    public int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(name + " still runs after " + limit);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGTERM, unless it has ended already; thawed first, or it would not hear of it. */
    public void terminateIfAlive() {
        if (process.isAlive()) {
            thaw();
            terminate();
        }
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(60));
    }

    /** SIGSTOP: it freezes where it is. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if nothing had happened. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0 && process.isAlive()) {
                throw new IllegalStateException("kill -%s %d answered %d".formatted(signal, pid(), code));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it, politely first. */
    @Override
    public void close() {
        terminateIfAlive();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
