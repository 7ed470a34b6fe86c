package io.healthchecker.e2e.ui;

import static org.awaitility.Awaitility.await;

import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.Target;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Some services that are really checked: one is down and has an incident, the others are up. */
final class Stage {
    private final ApiClient api;
    private final long down;
    private final long up;

    Stage(ApiClient api, Target target, String deadPath) {
        this.api = api;
        up = api.create("storefront", target.url("/storefront"), 2);
        down = create("payments", target.url(deadPath));
        create("search", target.url("/search"));
        await("the dead service is down")
                .atMost(Duration.ofSeconds(20))
                .until(() -> service(down).path("state").asString().equals("Down"));
    }

    private long create(String name, String url) {
        String body = """
                {"name": "%s", "http": {"url": "%s", "expectedStatus": ["200"]}, "periodSeconds": 2, "timeoutSeconds": 1,
                 "degradedAfterMillis": 800, "labels": {"tier": "1", "app": "%s", "env": "prod"}}""".formatted(name, url, name);
        return api.post("/api/v1/services", body).body().path("id").asLong();
    }

    private JsonNode service(long id) {
        return api.get("/api/v1/services/" + id).body();
    }

    long down() {
        return down;
    }

    long up() {
        return up;
    }

    /** The open incident of the service that is down. */
    long incident() {
        return service(down).path("incidentId").asLong();
    }
}
