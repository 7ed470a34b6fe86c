package io.healthchecker.e2e.dashboard;

import static org.awaitility.Awaitility.await;

import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.Target;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * Some services that are really checked: one is down and has an incident, the others are up. Beside them one that belongs
 * to Kubernetes, and a status page.
 */
final class Stage {
    /** Address of the status page. */
    static final String SLUG = "shop";

    private final ApiClient api;
    private final long down;
    private final long up;
    private final long secure;
    private final long remembered;
    private final long declared;
    private final long page;

    Stage(ApiClient api, Target target, String deadPath, SecureShop shop, Fleet fleet) {
        this.api = api;
        up = create("storefront", target.url("/storefront"));
        down = create("payments", target.url(deadPath));
        create("search", target.url("/search"));
        secure = id("/api/v1/services", """
                {"name": "accounts", "http": {"url": "%s", "certificateAuthorities": {"value": "%s"}},
                 "periodSeconds": 2, "timeoutSeconds": 1}""".formatted(
                        shop.url(), shop.authority().replace("\r", "").replace("\n", "\\n")));
        remembered = fleet.remembered("checkout");
        declared = fleet.declare("prod/shop/cart-api");
        page = id("/api/v1/status-pages", """
                {"slug": "%s", "title": "Shop status", "description": "How the shop is.", "published": true,
                 "embedOrigins": ["https://www.example.com"],
                 "sections": [{"title": "Buying", "components": [
                   {"name": "Shop front", "serviceId": %d}, {"name": "Paying", "serviceId": %d}, {"name": "Accounts", "serviceId": %d}]}]}""".formatted(SLUG, up, down, secure));
        await("the dead service is down")
                .atMost(Duration.ofSeconds(60))
                .until(() -> service(down).path("state").asString().equals("Down"));
    }

    private long create(String name, String url) {
        return id("/api/v1/services", """
                {"name": "%s", "http": {"url": "%s", "expectedStatus": ["200"]}, "periodSeconds": 2, "timeoutSeconds": 1,
                 "degradedAfterMillis": 800, "labels": {"tier": "1", "app": "%s", "env": "prod"}}""".formatted(name, url, name));
    }

    private long id(String path, String body) {
        ApiClient.Answer answer = api.post(path, body);
        if (answer.status() != 201) {
            throw new IllegalStateException("POST %s answered %s".formatted(path, answer));
        }
        return answer.body().path("id").asLong();
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

    /** A service that is reached over TLS, with a certificate of {@link SecureShop}. */
    long secure() {
        return secure;
    }

    /** A service with a day of results. */
    long remembered() {
        return remembered;
    }

    /** A service that belongs to the resource shop/cart-api. */
    long declared() {
        return declared;
    }

    /** The status page. */
    long page() {
        return page;
    }

    /** The open incident of the service that is down. */
    long incident() {
        return service(down).path("incidentId").asLong();
    }
}
