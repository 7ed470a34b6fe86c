package io.healthchecker.e2e.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.e2e.Product;
import io.healthchecker.e2e.Product.Started;
import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.Invariants;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever waits for a report is ended and started again, before the report is due and after it. By properties it is as
 * long as one likes: {@code -Dhc.e2e.heartbeat=30 -Dhc.e2e.grace=10 -Dhc.e2e.restarts=6 -Dhc.e2e.apart=15}, in seconds.
 */
class RestartsTest {
    private static final int PERIOD = Integer.getInteger("hc.e2e.heartbeat", 5);
    private static final int GRACE = Integer.getInteger("hc.e2e.grace", 5);
    private static final int RESTARTS = Integer.getInteger("hc.e2e.restarts", 1);
    private static final Duration APART = Duration.ofSeconds(Integer.getInteger("hc.e2e.apart", 1));
    private static final Duration SWEEPS = Duration.ofSeconds(5); // some: one a second, on a busy machine

    @TempDir
    Path directory;

    @Test
    void doNotSetTheTimerAnew() {
        try (Product product = Product.in(directory)) {
            Started up = product.everything();
            ApiClient api = ApiClient.loggedIn(up.port(), "user@example.com");
            long silent = heartbeat(api, "reports once");
            long never = heartbeat(api, "never reports");
            String ping = api.get("/api/v1/services/%d/heartbeat/address".formatted(silent))
                    .body()
                    .path("path")
                    .asString();
            Instant pinged = Instant.now();
            assertThat(api.get(ping).status()).isEqualTo(200);
            Instant deadline = Instant.now().plusSeconds(PERIOD + GRACE);
            Instant begun = Instant.now();
            Invariants invariants = product.invariants();
            await().atMost(Duration.ofMinutes(1)).until(() -> transitions(invariants, silent) >= 1);
            for (int i = 1; i <= RESTARTS; i++) {
                Instant at = begun.plus(APART.multipliedBy(i));
                await().atMost(APART.plusMinutes(1)).until(() -> Instant.now().isAfter(at));
                up.process().terminate();
                up.process().awaitExit(Duration.ofSeconds(30));
                up = product.everything();
            }
            Instant last = Instant.now();
            Instant latest = (last.isAfter(deadline) ? last : deadline).plus(SWEEPS);
            await().atMost(Duration.ofMinutes(2)).until(() -> transitions(invariants, silent) > 1);

            assertThat(invariants.ask("SELECT to_state FROM transition WHERE service_id = ? ORDER BY seq", silent))
                    .containsExactly("1", "3");
            Instant down = Instant.ofEpochMilli(
                    invariants.number("SELECT slot FROM transition WHERE service_id = ? AND seq = 2", silent));
            System.out.printf(
                    "down is dated %d ms after the deadline; the last start was ready %d ms after it%n",
                    Duration.between(deadline, down).toMillis(),
                    Duration.between(deadline, last).toMillis());
            assertThat(down).isBetween(pinged.plusSeconds(PERIOD + GRACE - 1), latest);
            assertThat(transitions(invariants, never)).isZero();
            assertThat(invariants.number(
                            "SELECT count(*) FROM check_result WHERE service_id = ? AND outcome <> 4", never))
                    .isZero();
        }
    }

    private static long heartbeat(ApiClient api, String name) {
        ApiClient.Answer made = api.post(
                "/api/v1/services",
                "{\"name\":\"%s\",\"heartbeat\":{\"graceSeconds\":%d},\"periodSeconds\":%d}"
                        .formatted(name, GRACE, PERIOD));
        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
        return made.body().path("id").asLong();
    }

    private static long transitions(Invariants invariants, long id) {
        return invariants.number("SELECT count(*) FROM transition WHERE service_id = ?", id);
    }
}
