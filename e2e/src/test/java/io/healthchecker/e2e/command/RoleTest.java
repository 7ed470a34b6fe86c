package io.healthchecker.e2e.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.testing.HcProcess;
import io.healthchecker.testing.OwnPostgres;
import io.healthchecker.testing.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class RoleTest {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private final List<HcProcess> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.stream().filter(HcProcess::isAlive).forEach(HcProcess::kill);
    }

    @Test
    void anyNumberStartsAtOnceOnAnEmptyDatabaseAndEndsWhenTold() {
        try (var postgres = OwnPostgres.start(directory.resolve("postgres"));
                var redis = TestRedis.start()) {
            Map<String, String> environment = Map.of(
                    "DATABASE_URL",
                    postgres.url(),
                    "REDIS_URL",
                    "redis://127.0.0.1:" + redis.uri().getPort(),
                    "JWT_SECRET",
                    "a-secret-of-the-tests-with-more-than-32-bytes",
                    "PORT",
                    "0");
            for (String role : List.of("worker", "api-server", "worker", "api-server")) {
                start(role, role + "-" + started.size(), environment);
            }

            for (HcProcess process : started) {
                await().atMost(START).until(() -> {
                    assertThat(process.isAlive()).as(process.output()).isTrue();
                    return process.output().contains(" is ready at http://localhost:");
                });
            }
            assertThat(JdbcClient.create(postgres.dataSource())
                            .sql(
                                    "SELECT bool_and(success) AND count(*) = count(DISTINCT version) FROM flyway_schema_history")
                            .query(Boolean.class)
                            .single())
                    .isTrue();

            await("workers of one machine, each with a name of its own")
                    .atMost(START)
                    .until(() -> JdbcClient.create(postgres.dataSource())
                                    .sql("SELECT count(*) FROM worker WHERE seen_at > now() - interval '10 s'")
                                    .query(Integer.class)
                                    .single()
                            == 2);

            started.forEach(HcProcess::terminate);
            for (HcProcess process : started) {
                assertThat(process.awaitExit(STOP)).as(process.output()).isEqualTo(143);
                assertThat(process.complaints()).isEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0} without {1}")
    @CsvSource(delimiter = '|', textBlock = """
            worker     | DATABASE_URL | hc: DATABASE_URL is not set; it must look like postgres://user:password@host:5432/database?sslmode=disable
            worker     | REDIS_URL    | hc: REDIS_URL is not set; it must look like redis://host:6379 or rediss://user:password@host:6379/0
            api-server | JWT_SECRET   | hc: JWT_SECRET is not set; it must look like the output of: openssl rand -base64 32
            """)
    void whatIsMissingIsNamed(String role, String missing, String message) {
        var environment = new HashMap<>(Map.of(
                "DATABASE_URL", "postgres://127.0.0.1:1/hc",
                "REDIS_URL", "redis://127.0.0.1:1",
                "JWT_SECRET", "a-secret-of-the-tests-with-more-than-32-bytes",
                "PORT", "0"));
        environment.remove(missing);

        HcProcess process = start(role, role, environment);

        assertThat(process.awaitExit(START)).isEqualTo(2);
        assertThat(process.output()).isEqualTo(message + System.lineSeparator());
    }

    private HcProcess start(String role, String name, Map<String, String> environment) {
        HcProcess process = HcProcess.start(directory, name, environment, role);
        started.add(process);
        return process;
    }
}
