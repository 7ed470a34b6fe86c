package io.healthchecker.e2e.suspend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.e2e.Product;
import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.FeedClient;
import io.healthchecker.testing.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A suspension around an outage: nothing is asked of the target, and nothing is told twice. */
class SuspensionTest {
    private final Map<String, Integer> status = new ConcurrentHashMap<>();

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void whatHappensDuringASuspensionIsToldOnceAfterItOrNever() {
        status.putAll(Map.of("/recovers", 500, "/stays-dead", 500, "/blips", 200));
        try (Product product = Product.in(directory);
                Target target = Target.answering((path, number) -> status.getOrDefault(path, 200))) {
            int port = product.up();
            ApiClient api = ApiClient.loggedIn(port, "user@example.com");
            long recovers = create(api, target, "/recovers");
            long staysDead = create(api, target, "/stays-dead");
            long blips = create(api, target, "/blips");
            awaitState(api, recovers, "Down");
            awaitState(api, staysDead, "Down");
            awaitState(api, blips, "Up");
            try (FeedClient feed = FeedClient.inherited(port, api.token())) {
                suspend(api, target, true, "/recovers", "/stays-dead", "/blips");
                int asked = settled(target);
                status.put("/recovers", 200);
                status.put("/blips", 500);
                await().during(Duration.ofSeconds(5)).atMost(SOON).until(() -> all(target) == asked);
                status.put("/blips", 200);
                assertThat(List.of(state(api, recovers), state(api, staysDead), state(api, blips)))
                        .containsOnly("Suspended");

                suspend(api, target, false, "/recovers", "/stays-dead", "/blips");
                awaitState(api, recovers, "Up");
                awaitState(api, staysDead, "Down");
                awaitState(api, blips, "Up");
                await().during(Duration.ofSeconds(2))
                        .atMost(SOON)
                        .untilAsserted(() -> assertThat(feed.messages())
                                .singleElement()
                                .asString()
                                .startsWith("{\"ServiceID\":%d,\"OldStatus\":\"DOWN\",\"NewStatus\":\"UP\""
                                        .formatted(recovers)));
            }
            assertThat(api.get("/api/v1/services/" + staysDead + "/incidents")
                            .body()
                            .path("items"))
                    .hasSize(1);
        }
    }

    private static long create(ApiClient api, Target target, String path) {
        return api.create(path.substring(1), target.url(path), 2);
    }

    private static void suspend(ApiClient api, Target target, boolean suspend, String... paths) {
        for (int i = 0; i < paths.length; i++) {
            String body = "{\"name\":\"%s\",\"http\":{\"url\":\"%s\"},\"periodSeconds\":2,\"suspend\":%s}"
                    .formatted(paths[i].substring(1), target.url(paths[i]), suspend);
            assertThat(api.put("/api/v1/services/" + (i + 1), body).status()).isEqualTo(200);
        }
    }

    // a check that was under way when its service was suspended may still arrive
    private static int settled(Target target) {
        int[] seen = {all(target)};
        await().during(Duration.ofSeconds(4)).atMost(SOON).until(() -> {
            int now = all(target);
            boolean quiet = now == seen[0];
            seen[0] = now;
            return quiet;
        });
        return seen[0];
    }

    private static int all(Target target) {
        return target.requests("/recovers") + target.requests("/stays-dead") + target.requests("/blips");
    }

    private static void awaitState(ApiClient api, long id, String state) {
        await().atMost(SOON).until(() -> state(api, id).equals(state));
    }

    private static String state(ApiClient api, long id) {
        return api.get("/api/v1/services/" + id).body().path("state").asString();
    }
}
