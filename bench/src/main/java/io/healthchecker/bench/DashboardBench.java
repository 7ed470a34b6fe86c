package io.healthchecker.bench;

import io.healthchecker.api.ApiApplication;
import io.healthchecker.core.history.HourSums;
import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.TestPostgres;
import io.healthchecker.testing.TestRedis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the dashboard asks of the api-server, with very many services: the list by windows and as an index, facets, bars,
 * series, a status page, and what the sums of an hour cost.
 *
 * <p>Usage: {@code hc bench dashboard [services] [hours of results]}, by default 10000 2.
 */
public final class DashboardBench {
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 100;

    private final int services;
    private final int hours;
    private final PGSimpleDataSource database = TestPostgres.freshDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private DashboardBench(int services, int hours) {
        this.services = services;
        this.hours = hours;
    }

    public static void main(String[] arguments) throws Exception {
        int services = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int hours = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        new DashboardBench(services, hours).run();
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        var context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(ApiApplication.class)
                .run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--spring.datasource.url=" + database.getUrl(),
                        "--spring.datasource.username=postgres",
                        "--spring.data.redis.url=" + TestRedis.freshDatabase().toURI(),
                        "--hc.auth.jwt-secret=a-secret-of-the-bench-with-more-than-32-bytes",
                        "--hc.history.sums=false");
        int port = Objects.requireNonNull(context.getWebServer()).getPort();
        ApiClient api = ApiClient.loggedIn(port, "bench@example.com");
        fill(jdbc.sql("SELECT min(id) FROM team").query(Integer.class).single());
        System.out.printf("%d services, %d h of results at 60 s%n", services, hours);
        sums();
        String base = "http://127.0.0.1:" + port;
        List<Long> ids = jdbc.sql("SELECT id FROM service ORDER BY id LIMIT 60")
                .query((row, number) -> row.getLong("id"))
                .list();
        String sixty = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
        long one = ids.getFirst();
        measure("list, 60 by severity", base + "/api/v1/services?limit=60&sort=severity", api.token());
        measure("list, filtered", base + "/api/v1/services?limit=60&q=cart&state=Down,Degraded", api.token());
        measure("index, filtered (not kept)", base + "/api/v1/services/index?state=-Suspended", api.token());
        measure("index, kept", base + "/api/v1/services/index", api.token());
        measure("facets", base + "/api/v1/services/facets?label=tier:1", api.token());
        measure("bars, 60 services, 24 h", base + "/api/v1/services/bars?ids=" + sixty, api.token());
        measure("bars, 60 services, 90 d", base + "/api/v1/services/bars?range=90d&ids=" + sixty, api.token());
        measure("series, 24 h", base + "/api/v1/services/%d/series".formatted(one), api.token());
        measure("uptimes to 90 d", base + "/api/v1/services/%d/uptimes".formatted(one), api.token());
        statusPage(api, base, ids);
        context.close();
    }

    private void fill(int teamId) {
        jdbc.sql("""
                INSERT INTO service (team_id, name, source, definition, shard)
                SELECT :teamId, format('%s-%s-%s', (ARRAY['cart', 'mail', 'pay', 'web', 'feed'])[1 + n % 5],
                                       (ARRAY['api', 'db', 'worker'])[1 + n % 3], n), 1,
                       jsonb_build_object('http', jsonb_build_object('url', format('https://host-%s.example.com/health', n)),
                                          'periodSeconds', 60,
                                          'labels', jsonb_build_object('tier', (1 + n % 3)::text,
                                                                       'app', 'app-' || n % 200, 'env', 'prod')),
                       n % 256
                  FROM generate_series(1, :count) AS n
                """).param("teamId", teamId).param("count", services).update();
        jdbc.sql("""
                INSERT INTO service_state (service_id, state, known, since, transition_seq, reason)
                SELECT id, CASE WHEN id % 100 = 0 THEN 3 WHEN id % 50 = 1 THEN 2 WHEN id % 200 = 3 THEN 4 ELSE 1 END, 1,
                       clock_timestamp() - make_interval(secs => random() * 1e6), 4, CASE WHEN id % 100 = 0 THEN 10 ELSE 0 END
                  FROM service
                """).update();
        jdbc.sql("""
                INSERT INTO transition (service_id, seq, team_id, from_state, to_state, slot, reason, event_id, at)
                SELECT id, seq, :teamId, CASE seq % 2 WHEN 1 THEN 1 ELSE 3 END, CASE seq % 2 WHEN 1 THEN 3 ELSE 1 END, 0, 0, 0,
                       clock_timestamp() - make_interval(hours => (5 - seq) * 30)
                  FROM service CROSS JOIN generate_series(1, 4) AS seq
                """).param("teamId", teamId).update();
        jdbc.sql("""
                INSERT INTO service_change (service_id, shard, version, op, at_ms, effective_ms, period_ms, phase_ms,
                                            timeout_ms, active)
                SELECT id, shard, 1, 1, now_ms - :hours * 3600000, now_ms - :hours * 3600000, 60000, id * 7919 % 60000,
                       10000, true
                  FROM service, (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms) AS clock
                """).param("hours", (long) hours).update();
        cover();
        jdbc.sql("""
                INSERT INTO check_result (service_id, slot, version, lateness_ms, latency_us, connect_us, tls_us,
                                          first_byte_us, transfer_us, worker_id, location_id, outcome, reason, kind, flags)
                SELECT c.service_id, slot, 1, 3, 20000 + (random() * 60000)::int, 900, 5000, 15000, 100, 1, 1,
                       CASE WHEN random() < 0.001 THEN 3 ELSE 1 END, 0, 0, 0
                  FROM service_change AS c
                 CROSS JOIN generate_series(c.at_ms - c.at_ms % 60000 + 60000 + c.phase_ms,
                                            c.at_ms + :hours * 3600000 - 60000, 60000) AS slot
                """).param("hours", (long) hours).update();
        jdbc.sql("VACUUM ANALYZE").update();
    }

    private void cover() {
        long now = jdbc.sql("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                .query(Long.class)
                .single();
        new io.healthchecker.core.check.CheckPartitionTable(jdbc, new DataSourceTransactionManager(database))
                .cover(
                        LongStream.rangeClosed(0, hours)
                                .mapToObj(hour -> now - hour * 3_600_000L)
                                .toList(),
                        io.healthchecker.core.check.PartitionWidth.DAY);
    }

    /** What it costs to add up one whole hour. */
    private void sums() {
        var transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        var sums = new HourSums(jdbc);
        long begin = System.nanoTime();
        int passes = 0;
        boolean more = true;
        while (more) {
            more = Boolean.TRUE.equals(transaction.execute(status -> sums.makeNext(System.currentTimeMillis())));
            passes++;
        }
        long results =
                jdbc.sql("SELECT count(*) FROM check_result").query(Long.class).single();
        System.out.printf(
                "%-28s %8.0f ms for %d results in %d passes%n",
                "sums of hours", (System.nanoTime() - begin) / 1e6, results, passes);
    }

    private void measure(String what, String address, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + token)
                .header("Accept-Encoding", "gzip")
                .build();
        double[] millis = new double[ROUNDS];
        int bytes = 0;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(what + ": " + answer.statusCode());
            }
            if (i >= 0) {
                millis[i] = (System.nanoTime() - begin) / 1e6;
            }
            bytes = answer.body().length;
        }
        Arrays.sort(millis);
        System.out.printf(
                "%-28s p50 %6.1f ms  p99 %6.1f ms  %7d bytes%n", what, millis[ROUNDS / 2], millis[ROUNDS - 2], bytes);
    }

    private void statusPage(ApiClient api, String base, List<Long> ids) throws InterruptedException {
        String components = ids.stream()
                .limit(30)
                .map(id -> "{\"name\":\"Component %d\",\"serviceId\":%d}".formatted(id, id))
                .collect(Collectors.joining(","));
        api.post(
                "/api/v1/status-pages",
                "{\"slug\":\"bench\",\"title\":\"Bench\",\"published\":true,\"sections\":[{\"components\":[%s]}]}"
                        .formatted(components));
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/status/bench"))
                .header("Accept-Encoding", "gzip")
                .build();
        AtomicLong count = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        long begin = System.nanoTime();
        long end = begin + 5_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                while (System.nanoTime() < end) {
                    try {
                        bytes.set(
                                client.send(request, BodyHandlers.ofByteArray()).body().length);
                        count.incrementAndGet();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.printf(
                "%-28s %6.0f requests/s with the client on the same cores, %d bytes%n",
                "status page, 30 components", count.get() / ((System.nanoTime() - begin) / 1e9), bytes.get());
    }
}
