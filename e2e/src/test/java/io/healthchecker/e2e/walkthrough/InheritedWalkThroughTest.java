package io.healthchecker.e2e.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.e2e.Product;
import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.FeedClient;
import io.healthchecker.testing.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the users of the earlier service do with their scripts, step by step. */
class InheritedWalkThroughTest {
    private static final int PERIOD = 5;
    private static final Duration SOON = Duration.ofSeconds(60); // a period and 3 s, where nothing else runs

    @TempDir
    Path directory;

    @Test
    void aRegisteredServiceIsCheckedAndItsChangesAreToldOnce() {
        AtomicInteger status = new AtomicInteger(200);
        try (Product product = Product.in(directory);
                Target target = Target.answering((path, number) -> status.get())) {
            int port = product.up();
            ApiClient api = ApiClient.loggedIn(port, "user@example.com");
            assertThat(api.token()).isNotEmpty();
            try (FeedClient feed = FeedClient.inherited(port, api.token())) {
                assertThat(api.create("My API", target.url("/health"), PERIOD)).isEqualTo(1);
                await().atMost(SOON).until(() -> "Up".equals(state(api)));

                JsonNode history = api.get("/api/v1/services/1/health-checks?page=1&limit=10")
                        .body();
                assertThat(history.path("items").get(0).path("outcome").asString())
                        .isEqualTo("UP");

                Instant died = Instant.now();
                status.set(503);
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(feed.messages()).hasSize(1));
                isTold(feed.messages().getFirst(), "UP", "DOWN", died);

                Instant came = Instant.now();
                status.set(200);
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(feed.messages()).hasSize(2));
                isTold(feed.messages().get(1), "DOWN", "UP", came);
            }
            assertThat(product.invariants().brokenTransitions()).isEmpty();
            assertThat(product.invariants().brokenEvents()).isEmpty();
            assertThat(product.invariants().untoldTransitions()).isEmpty();
        }
    }

    private static String state(ApiClient api) {
        return api.get("/api/v1/services/1").body().path("state").asString();
    }

    private static void isTold(String message, String from, String to, Instant notBefore) {
        JsonNode json = new ObjectMapper().readTree(message);
        assertThat(json.propertyNames())
                .containsExactlyElementsOf(List.of("ServiceID", "OldStatus", "NewStatus", "Timestamp"));
        assertThat(json.path("ServiceID").asInt()).isEqualTo(1);
        assertThat(json.path("OldStatus").asString()).isEqualTo(from);
        assertThat(json.path("NewStatus").asString()).isEqualTo(to);
        assertThat(json.path("Timestamp").asString()).endsWith("Z");
        assertThat(Instant.parse(json.path("Timestamp").asString()))
                .isBetween(notBefore.minusSeconds(1), Instant.now().plusSeconds(1));
    }
}
