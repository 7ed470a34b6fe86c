package io.healthchecker.e2e;

import io.healthchecker.testing.FreePort;
import io.healthchecker.testing.HcProcess;
import io.healthchecker.testing.Invariants;
import io.healthchecker.testing.OwnPostgres;
import io.healthchecker.testing.TestRedis;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The product's processes on a PostgreSQL and a Redis of their own. What is started here ends here. */
public final class Product implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path directory;
    private final OwnPostgres postgres;
    private final TestRedis redis;
    private final Map<String, String> environment = new HashMap<>();
    private final List<HcProcess> processes = new ArrayList<>();

    private Product(Path directory) {
        this.directory = directory;
        this.postgres = OwnPostgres.start(directory.resolve("postgres"));
        this.redis = TestRedis.start();
        environment.put("DATABASE_URL", postgres.url());
        environment.put("REDIS_URL", "redis://127.0.0.1:" + redis.uri().getPort());
        environment.put("JWT_SECRET", "a-secret-of-the-tests-with-more-than-32-bytes");
        environment.put("HC_SCHEDULE_AUDIT_AFTER", "30s");
    }

    /** A PostgreSQL and a Redis, and no process yet. */
    public static Product in(Path directory) {
        return new Product(directory);
    }

    /** Processes that are started from now on know these hosts, in the form of {@code /etc/hosts}, instead of the machine's. */
    public Product knowing(String hosts) {
        try {
            Path file = Files.writeString(directory.resolve("hosts"), hosts);
            environment.put("JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Processes that are started from now on have this variable. */
    public Product with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** A command that ends by itself. */
    public HcProcess run(String... command) {
        return start("run-" + processes.size(), Map.of(), command);
    }

    /** Everything in one process; returns its port once it is ready. */
    public int up(String... arguments) {
        return everything(arguments).port();
    }

    /** Everything in one process, ready. */
    public Started everything(String... arguments) {
        int port = FreePort.next();
        List<String> command = new ArrayList<>(List.of("up", "--port", Integer.toString(port)));
        command.addAll(List.of("--data", directory.resolve("data").toString()));
        command.addAll(List.of(arguments));
        return new Started(start("up-" + processes.size(), Map.of(), command.toArray(String[]::new)), port)
                .awaitReady();
    }

    /** One of operator, worker or api-server, with a port of its own for its health; ready or not. */
    public Started start(String role, String name) {
        int port = FreePort.next();
        return new Started(start(name, Map.of("PORT", ":" + port), role), port);
    }

    /** A process and the port at which it answers. */
    public record Started(HcProcess process, int port) {
        public Started awaitReady() {
            process.awaitOk(port, "/actuator/health/readiness", START);
            return this;
        }

        /** Status of its answer to GET. */
        public int answers(String path) {
            return get(path).statusCode();
        }

        /** Its answer to GET, whatever the status. */
        public String text(String path) {
            return get(path).body();
        }

        private HttpResponse<String> get(String path) {
            try {
                return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .timeout(ANSWER)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private HcProcess start(String name, Map<String, String> more, String... command) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        HcProcess process = HcProcess.start(directory, name, all, command);
        processes.add(process);
        return process;
    }

    /** What all of its processes have logged so far. */
    public String log() {
        return processes.stream().map(HcProcess::output).collect(Collectors.joining());
    }

    public OwnPostgres postgres() {
        return postgres;
    }

    public TestRedis redis() {
        return redis;
    }

    public Invariants invariants() {
        return new Invariants(postgres.dataSource());
    }

    @Override
    public void close() {
        processes.forEach(HcProcess::terminateIfAlive);
        processes.reversed().forEach(HcProcess::close);
        redis.close();
        postgres.close();
    }
}
