package io.healthchecker.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.job.JobStream;
import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.ServiceStateTable;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.TestPostgres;
import io.healthchecker.testing.TestRedis;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

class WorkerApplicationTest {
    @Test
    void theProcessMigratesChecksAndTellsHowItIs() throws IOException {
        PGSimpleDataSource database = TestPostgres.emptyDatabase();
        try (TestRedis redis = TestRedis.start();
                StubServer target =
                        StubServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
                ConfigurableApplicationContext context = new SpringApplicationBuilder(WorkerApplication.class)
                        .properties(
                                "server.port=0",
                                "spring.datasource.url=" + database.getUrl(),
                                "spring.datasource.username=postgres",
                                "spring.data.redis.url=" + redis.uri().toURI(),
                                "hc.worker.name=alone",
                                "hc.worker.grace=1s")
                        .run()) {
            Service service = create(context, target.url("/"));
            RedisClient client = RedisClient.create(redis.uri());
            Job job = new Job(service.id(), Ticker.system().epochMillis(), 1, service.version(), JobKind.FIRST);
            new JobStream(client).append(job).join();
            JdbcClient jdbc = context.getBean(JdbcClient.class);
            await().until(() ->
                    new ServiceStateTable(jdbc).find(service.id()).orElseThrow().state() == State.UP);
            client.shutdown();
            String port = context.getEnvironment().getProperty("local.server.port");
            assertThat(get("http://127.0.0.1:%s/actuator/health".formatted(port)))
                    .contains("\"UP\"");
            // what is committed is counted a moment later
            await().untilAsserted(() -> assertThat(get("http://127.0.0.1:%s/actuator/prometheus".formatted(port)))
                    .contains("hc_commit_results_total 1.0")
                    .contains("hc_check_lateness_seconds_bucket"));
        }
    }

    private static Service create(ConfigurableApplicationContext context, String url) {
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        jdbc.sql("INSERT INTO team (name) VALUES ('shop')").update();
        Definition definition = Definition.of(HttpProbe.get(url));
        return new Registration(jdbc, context.getBean(PlatformTransactionManager.class), Ticker.system())
                .create(new NewService(1, "checkout", Source.REST, null, definition));
    }

    private static String get(String url) throws IOException {
        try (var body = URI.create(url).toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
