package io.healthchecker.e2e.apart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.e2e.Product;
import io.healthchecker.e2e.Product.Started;
import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.Invariants;
import io.healthchecker.testing.Target;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two operators, three workers and two api-servers on one PostgreSQL and one Redis lose members, memory and the
 * database, while targets go down and come back. Afterwards nothing is missing and nothing is there twice. The size is
 * a property: {@code -Dhc.e2e.services=500 -Dhc.e2e.freeze=30} for the full one; a lease of a shard lasts seven seconds.
 */
class ProcessesApartTest {
    private static final int SERVICES = Integer.getInteger("hc.e2e.services", 100);
    private static final Duration FREEZE = Duration.ofSeconds(Integer.getInteger("hc.e2e.freeze", 12));

    @TempDir
    Path directory;

    private final Instant began = Instant.now();

    @Test
    void noFailureOfAMemberIsVisibleInTheData() {
        // every tenth target is down in every other half minute
        try (Product product = Product.in(directory);
                Target target = Target.answering((path, number) -> flips(path) && halfMinute() % 2 == 1 ? 500 : 200)) {
            Started api = product.start("api-server", "api-1").awaitReady();
            List<Started> others = List.of(
                    product.start("api-server", "api-2"),
                    product.start("operator", "operator-1"),
                    product.start("operator", "operator-2"),
                    product.start("worker", "worker-1"),
                    product.start("worker", "worker-2"),
                    product.start("worker", "worker-3"));
            others.forEach(Started::awaitReady);
            ApiClient client = ApiClient.loggedIn(api.port(), "user@example.com");
            try (ResumingClient feed = new ResumingClient(client.token())) {
                feed.connect(api.port());
                for (int i = 0; i < SERVICES; i++) {
                    client.create("service " + i, target.url("/" + i), 1);
                }
                SilentJobs jobs = SilentJobs.begin(client);
                long from = System.currentTimeMillis();
                Invariants invariants = product.invariants();
                awaitResults(invariants, from, SERVICES * 5L);

                others.get(3).process().kill(); // a worker
                passes(10, feed, others.get(0).port());
                others.get(1).process().kill(); // an operator
                Started third = product.start("operator", "operator-3").awaitReady();
                Started fourth = product.start("worker", "worker-4").awaitReady();
                passes(10, feed, api.port());
                others.get(2).process().freeze(); // the other operator: a zombie when it comes back
                passes((int) FREEZE.toSeconds(), feed, others.get(0).port());
                others.get(2).process().thaw();
                passes(5, feed, api.port());
                flushAll(product);
                passes(10, feed, others.get(0).port());
                product.postgres().stop();
                passes(5, feed, api.port());
                product.postgres().startAgain();
                passes(15, feed, api.port());

                assertThat(third.process().isAlive() && fourth.process().isAlive())
                        .isTrue();
                long to = System.currentTimeMillis();
                // the audit needs its time to find what nobody did
                await().atMost(Duration.ofSeconds(90))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> invariants.holes(from, to).isEmpty());
                report(invariants, from, to);
                jobs.areToldOf(invariants);
                assertThat(invariants.duplicates()).isEmpty();
                assertThat(invariants.brokenTransitions()).isEmpty();
                assertThat(invariants.untoldTransitions()).isEmpty();
                assertThat(invariants.brokenEvents()).isEmpty();
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    keepConnected(feed, api.port());
                    feed.read();
                    return feed.last() >= invariants.number("SELECT last_id FROM event_counter") - SERVICES;
                });
                assertThat(feed.gaps()).isZero();
                assertThat(feed.ids())
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, feed.last()).boxed().toList());
            }
        }
    }

    private static void report(Invariants invariants, long from, long to) {
        System.out.printf(
                "%d services: %d results, of them %d unknown; %d slots in gaps; %d transitions%n",
                SERVICES,
                invariants.number("SELECT count(*) FROM check_result WHERE slot BETWEEN ? AND ?", from, to),
                invariants.number(
                        "SELECT count(*) FROM check_result WHERE outcome = 4 AND slot BETWEEN ? AND ?", from, to),
                invariants.number("SELECT coalesce(sum(slots), 0) FROM gap WHERE from_slot BETWEEN ? AND ?", from, to),
                invariants.number("SELECT count(*) FROM transition"));
    }

    private static void awaitResults(Invariants invariants, long from, long results) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> invariants.number("SELECT count(*) FROM check_result WHERE slot >= ?", from) >= results);
    }

    /** Time passes, in the middle of which the client's connection is cut; it comes back at a given api-server. */
    private static void passes(int seconds, ResumingClient feed, int port) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        boolean[] cut = {false};
        await().atMost(Duration.ofSeconds(seconds + 60L))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    feed.read();
                    if (!cut[0]
                            && System.nanoTime()
                                    > end - Duration.ofSeconds(seconds).toNanos() / 2) {
                        cut[0] = true;
                        feed.close();
                    }
                    keepConnected(feed, port);
                    return System.nanoTime() > end;
                });
    }

    private static void keepConnected(ResumingClient feed, int port) {
        if (!feed.connected()) {
            feed.connect(port);
        }
    }

    private static void flushAll(Product product) {
        try (RedisClient redis = RedisClient.create(product.redis().uri());
                var connection = redis.connect()) {
            connection.sync().flushall();
        }
    }

    private static boolean flips(String path) {
        return Integer.parseInt(path.substring(1)) % 10 == 0;
    }

    private long halfMinute() {
        return Duration.between(began, Instant.now()).toSeconds() / 15;
    }
}
