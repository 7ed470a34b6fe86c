package io.healthchecker.e2e.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.e2e.Product;
import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.Target;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures and successes count in a row, whatever made the checks due. */
class ScriptedTargetTest {
    private static final String SCRIPT = "UFFUFFUFFFFUFUUU";

    @TempDir
    Path directory;

    @Test
    void aSuccessClearsTheFailuresAndAFailureTheSuccesses() {
        try (Product product = Product.in(directory);
                Target target = Target.answering((path, number) -> scripted(number))) {
            ApiClient api = ApiClient.loggedIn(product.up(), "user@example.com");
            String definition = """
                    {"name":"scripted","http":{"url":"%s"},"periodSeconds":2,"failureThreshold":3,"successThreshold":2}
                    """.formatted(target.url("/"));
            assertThat(api.post("/api/v1/services", definition).status()).isEqualTo(201);
            await().atMost(Duration.ofMinutes(2)).until(() -> target.requests("/") > SCRIPT.length() + 1);
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(product.invariants()
                                    .ask("SELECT to_state FROM transition WHERE service_id = 1 ORDER BY seq"))
                            .containsExactly("3", "1"));
            assertThat(nthCheckOf(product, 1)).isEqualTo(wasSlow(product, 10) ? 11 : 10);
            assertThat(nthCheckOf(product, 2)).isEqualTo(15);
        }
    }

    private static int scripted(int number) {
        return number <= SCRIPT.length() && SCRIPT.charAt(number - 1) == 'F' ? 500 : 200;
    }

    /** Whether a busy machine kept the worker from one check: what it found wrong then needs one more. */
    private static boolean wasSlow(Product product, int check) {
        return product.invariants().number("""
                        SELECT flags FROM check_result WHERE service_id = 1 ORDER BY slot OFFSET ? LIMIT 1
                        """, check - 1) != 0;
    }

    private static long nthCheckOf(Product product, int transition) {
        return product.invariants().number("""
                        SELECT count(*) FROM check_result AS r, transition AS t
                         WHERE t.service_id = 1 AND t.seq = ? AND r.service_id = 1 AND r.slot <= t.slot
                        """, transition);
    }
}
