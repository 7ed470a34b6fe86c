package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.testing.ApiClient;
import org.junit.jupiter.api.Test;

/** What the product has logged, after everything that the other stories did with it. */
abstract class LogLines {
    private final Dashboard dashboard;

    LogLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void noTokenAndNoPasswordIsInTheLog() {
        ApiClient api = dashboard.api();
        String link = api.post("/api/v1/tokens", "{\"name\": \"hall\", \"scope\": \"wall\", \"expiresInDays\": 7}")
                .body()
                .path("token")
                .asString();
        ApiClient wall = api.bearing(link);
        String ticket =
                wall.post("/api/v1/ws-tickets", "").body().path("ticket").asString();
        assertThat(ticket).isNotBlank();
        // sent rightly, in a wrong place, spoilt, and where it is refused
        wall.get("/api/v1/services/index");
        wall.get("/api/v1/teams");
        api.text("/wall/t/" + link);
        api.text("/api/v1/services?token=" + link + "&sort=" + api.token());
        api.text("/api/v1/services/ws?ticket=" + ticket);
        api.bearing(api.token() + "x").get("/api/v1/services");
        api.post(
                "/api/v1/auth/login",
                "{\"email\": \"%s\", \"password\": \"not-%s\"}".formatted(Dashboard.EMAIL, Dashboard.PASSWORD));
        api.post("/api/v1/auth/login", "{\"email\": \"%s\", \"password\": ".formatted(Dashboard.PASSWORD));

        assertThat(dashboard.product().log())
                .isNotBlank()
                .doesNotContain(api.token(), link, ticket, Dashboard.PASSWORD)
                .doesNotContain("eyJ", "hct_");
    }
}
