package io.healthchecker.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.testing.TestPostgres;
import io.healthchecker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class OperatorApplicationTest {
    @Test
    void itMigratesItsDatabaseTakesAllShardsAndHandsThemOverWhenItStops() throws Exception {
        PGSimpleDataSource database = TestPostgres.emptyDatabase();
        RedisURI redis = TestRedis.freshDatabase();
        JdbcClient jdbc = JdbcClient.create(database);
        try (ConfigurableApplicationContext context = OperatorApplication.builder()
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + database.getUrl(),
                        "--spring.datasource.username=" + database.getUser(),
                        "--spring.data.redis.url=redis://%s:%d/%d"
                                .formatted(redis.getHost(), redis.getPort(), redis.getDatabase()))) {
            await().atMost(Duration.ofSeconds(60)).until(() -> held(jdbc) == 256);
            String port = context.getEnvironment().getProperty("local.server.port");
            assertThat(get(port, "/actuator/health")).contains("UP");
            // the database knows a moment before this process does
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(get(port, "/actuator/prometheus")).contains("hc_schedule_shards 256"));
        }
        assertThat(held(jdbc)).isZero();
    }

    private static int held(JdbcClient jdbc) {
        return jdbc.sql(
                        "SELECT count(*) FROM scheduler_shard WHERE owner IS NOT NULL AND lease_until > clock_timestamp()")
                .query(Integer.class)
                .single();
    }

    private static String get(String port, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
