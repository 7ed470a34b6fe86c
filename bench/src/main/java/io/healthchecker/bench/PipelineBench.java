package io.healthchecker.bench;

import io.healthchecker.bench.process.ThreadTimes;
import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.HcProcess;
import io.healthchecker.testing.Invariants;
import io.healthchecker.testing.OwnPostgres;
import io.healthchecker.testing.ProcessUsage;
import io.healthchecker.testing.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/**
 * The whole pipeline, from schedule to stored result, at a steady rate against a server on loopback: are all slots
 * there, how late, and what does a check cost each process?
 *
 * <p>Usage: {@code hc bench pipeline [services] [period seconds] [seconds]}, by default 5000 5 180.
 */
public final class PipelineBench {
    private static final int THREADS = 8;
    private static final String EMAIL = "bench@example.com";

    private final int services;
    private final int period;
    private final int seconds;
    private final OwnPostgres postgres;
    private final TestRedis redis = TestRedis.start();
    private final LocalServer server = new LocalServer();
    private final Path directory;

    private PipelineBench(int services, int period, int seconds) throws IOException {
        this.services = services;
        this.period = period;
        this.seconds = seconds;
        this.directory = Files.createTempDirectory("hc-bench");
        this.postgres = OwnPostgres.start(directory.resolve("postgres"));
    }

    public static void main(String[] arguments) throws IOException {
        int services = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000;
        int period = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 180;
        new PipelineBench(services, period, seconds).run();
        System.exit(0);
    }

    private void run() {
        System.out.printf("%d HTTP services, period %d s, %d s%n", services, period, seconds);
        try (HcProcess product = start(8_090)) {
            register(8_090);
            Invariants data = new Invariants(postgres.dataSource());
            await(
                    30 + 4 * period,
                    () -> data.number("SELECT count(DISTINCT service_id) FROM check_result") == services);
            await(2 * period, () -> false); // let compilers and caches settle
            steady(product, data);
        }
        firstCycle();
        server.close();
        redis.close();
        postgres.close();
    }

    private HcProcess start(int port) {
        Map<String, String> environment = Map.of(
                "DATABASE_URL",
                postgres.url(),
                "REDIS_URL",
                "redis://127.0.0.1:" + redis.uri().getPort(),
                "JWT_SECRET",
                "a-secret-of-the-bench-with-more-than-32-bytes");
        return HcProcess.start(directory, "up", environment, "up", "--port", Integer.toString(port))
                .awaitOk(port, "/actuator/health/readiness", Duration.ofMinutes(2));
    }

    private void register(int port) {
        ApiClient api = ApiClient.loggedIn(port, EMAIL);
        long began = System.nanoTime();
        for (int i = 0; i < services; i++) {
            api.create("service " + i, "http://127.0.0.1:%d/%d".formatted(server.port(), i), period);
        }
        System.out.printf("registered by REST in %.1f s%n", (System.nanoTime() - began) / 1e9);
    }

    private void steady(HcProcess product, Invariants data) {
        long from = System.currentTimeMillis();
        ProcessUsage jvm = ProcessUsage.of(product.pid());
        ThreadTimes threads = ThreadTimes.of(product.pid());
        ProcessUsage database = ProcessUsage.ofTree(postgres.pid());
        ProcessUsage queue = ProcessUsage.of(redis.pid());
        ProcessUsage self = ProcessUsage.of(ProcessHandle.current().pid());
        await(seconds, () -> false);
        long to = System.currentTimeMillis();
        ThreadTimes threadsUsed = ThreadTimes.of(product.pid()).since(threads);
        ProcessUsage jvmUsed = ProcessUsage.of(product.pid()).since(jvm);
        ProcessUsage databaseUsed = ProcessUsage.ofTree(postgres.pid()).since(database);
        ProcessUsage queueUsed = ProcessUsage.of(redis.pid()).since(queue);
        ProcessUsage selfUsed = ProcessUsage.of(ProcessHandle.current().pid()).since(self);
        await(10, () -> false); // the last results are on their way
        long results =
                data.number("SELECT count(*) FROM check_result WHERE kind = 0 AND slot >= ? AND slot < ?", from, to);
        System.out.printf(
                "results %d, expected %d, rate %.0f/s%n",
                results, (to - from) / 1_000 * services / period, results * 1e3 / (to - from));
        System.out.printf(
                "duplicates %d, holes %d, slots in gaps %s, not up %d%n",
                data.duplicates().size(),
                data.holes(from, to).size(),
                data.number("SELECT coalesce(sum(slots), 0) FROM gap WHERE to_slot >= ? AND from_slot < ?", from, to),
                data.number(
                        "SELECT count(*) FROM check_result WHERE outcome <> 1 AND slot >= ? AND slot < ?", from, to));
        System.out.printf(
                "results per service: fewest %d, most %d%n",
                perService(data, "min", from, to), perService(data, "max", from, to));
        System.out.printf(
                "lateness ms: p50 %d, p99 %d, max %d%n",
                lateness(data, 0.5, from, to), lateness(data, 0.99, from, to), lateness(data, 1, from, to));
        report("JVM", jvmUsed, results);
        for (ThreadTimes.Used used : threadsUsed.largest(THREADS)) {
            System.out.printf("    of which %-29s %6.1f µs%n", used.name(), used.nanos() / 1e3 / results);
        }
        report("PostgreSQL", databaseUsed, results);
        report("Redis", queueUsed, results);
        report(
                "all",
                new ProcessUsage(
                        jvmUsed.cpuSeconds() + databaseUsed.cpuSeconds() + queueUsed.cpuSeconds(),
                        jvmUsed.residentBytes() + databaseUsed.residentBytes() + queueUsed.residentBytes()),
                results);
        report("(target server and bench, not counted)", selfUsed, results);
    }

    private void firstCycle() {
        Invariants data = new Invariants(postgres.dataSource());
        try (HcProcess again = start(8_091)) {
            long ready = System.currentTimeMillis();
            await(
                    10 * period,
                    () -> data.number("SELECT count(DISTINCT service_id) FROM check_result WHERE slot >= ?", ready)
                            == services);
            long last = data.number("""
                    SELECT max(first) FROM (SELECT min(slot + lateness_ms) AS first FROM check_result
                                             WHERE slot >= ? GROUP BY service_id) AS f
                    """, ready);
            System.out.printf(
                    "first full cycle after a restart: %.2f s from ready (period %d s)%n",
                    (last - ready) / 1e3, period);
        }
    }

    private static long perService(Invariants data, String aggregate, long from, long to) {
        return data.number("""
                SELECT %s(n) FROM (SELECT count(*) AS n FROM check_result
                                    WHERE kind = 0 AND slot >= ? AND slot < ? GROUP BY service_id) AS c
                """.formatted(aggregate), from, to);
    }

    private static long lateness(Invariants data, double quantile, long from, long to) {
        return data.number(
                "SELECT percentile_disc(%s) WITHIN GROUP (ORDER BY lateness_ms) FROM check_result WHERE slot >= ? AND slot < ?"
                        .formatted(quantile),
                from,
                to);
    }

    private static void report(String name, ProcessUsage used, long results) {
        System.out.printf(
                "%-40s %6.1f µs CPU a check, %5.1f s, %4d MB%n",
                name, used.cpuSeconds() * 1e6 / results, used.cpuSeconds(), used.residentBytes() / 1_000_000);
    }

    private static void await(int limitSeconds, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(limitSeconds).toNanos();
        Awaitility.await()
                .atMost(Duration.ofSeconds(limitSeconds + 10L))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> condition.getAsBoolean() || System.nanoTime() > end);
    }
}
