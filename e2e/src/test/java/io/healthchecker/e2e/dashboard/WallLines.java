package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import io.healthchecker.testing.ApiClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The screen at which nobody clicks. */
abstract class WallLines {
    // the document that the server gives, too; it takes seconds to make it anew
    private static final JsonNode ROUTES = JsonMapper.shared()
            .readTree(Path.of("../docs/reference/openapi.json").toFile())
            .path("paths");

    private final Dashboard dashboard;

    WallLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void aWallThatHearsNothingSaysSo() {
        try (Tab tab = dashboard.tab()) {
            List<WebSocketRoute> servers = new ArrayList<>();
            boolean[] silent = new boolean[1];
            tab.page().routeWebSocket(url -> url.contains("/services/ws"), socket -> {
                WebSocketRoute server = socket.connectToServer();
                server.onMessage(message -> {
                    if (!silent[0]) {
                        socket.send(message.text());
                    }
                });
                servers.add(server);
            });
            Page page = tab.open("/wall");
            page.waitForSelector(".wall-live.live");
            page.waitForSelector(".wall-card");
            assertThat(page.locator("main button, main a").count()).isZero();

            silent[0] = true;
            page.evaluate("() => { const then = Date.now() + 25_000; Date.now = () => then; }");
            page.waitForSelector(".wall-live:text-matches('2[5-9] s')"); // and the time since it heard something
            assertThat(page.locator(".wall.silent").count()).isZero();
            page.evaluate("() => { const then = Date.now() + 6_000; Date.now = () => then; }");
            page.waitForSelector(".wall.silent");
            assertThat(page.innerText(".wall")).matches("No data since \\d\\d:\\d\\d:\\d\\d");
            assertThat(servers).hasSize(1);
        }
    }

    @Test
    void aLinkShowsTheWallToASignedOutScreenUntilItIsRevoked() {
        var api = dashboard.api();
        var made = api.post("/api/v1/tokens", "{\"name\": \"hall\", \"scope\": \"wall\", \"expiresInDays\": 7}")
                .body();
        String path = "/wall/t/" + made.path("token").asString();
        try (Tab tab = dashboard.anonymous()) {
            Page page = tab.open(path);
            page.waitForSelector(".wall-live.live");
            page.waitForSelector(".wall-card");
            assertThat(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))
                    .asString()
                    .doesNotContain("hct_");
            api.delete("/api/v1/tokens/" + made.path("id").asLong());
            page.reload();
            page.waitForSelector("text=The wall cannot be shown");
        }
    }

    @Test
    void aTokenOfTheWallOpensNoRouteButThoseThatTheWallNeeds() {
        ApiClient api = dashboard.api();
        JsonNode made = api.post("/api/v1/tokens", "{\"name\": \"hall\", \"scope\": \"wall\", \"expiresInDays\": 7}")
                .body();
        ApiClient wall = api.bearing(made.path("token").asString());
        ApiClient nobody = api.bearing("");
        List<String> opened = new ArrayList<>();
        List<String> refusedOtherwise = new ArrayList<>();
        ROUTES.properties()
                .forEach(route -> route.getValue().propertyNames().forEach(method -> {
                    String path = route.getKey()
                            .replaceAll(
                                    "\\{[^}]*}", Long.toString(dashboard.stage().down()));
                    String type = route.getValue().path(method).at("/requestBody/content").propertyNames().stream()
                            .findFirst()
                            .orElse("application/json");
                    String body = method.matches("post|put|patch") ? "{}" : null;
                    String name = method.toUpperCase(Locale.ROOT);
                    int status = wall.send(name, path, body, type).status();
                    if (status != 403 && nobody.send(name, path, body, type).status() == 401) {
                        (status < 400 ? opened : refusedOtherwise).add(name + " " + route.getKey());
                    } // what nobody needs a token for is open to walls as well
                }));
        assertThat(opened)
                .containsExactlyInAnyOrder(
                        "GET /api/v1/services", "GET /api/v1/services/index", "POST /api/v1/ws-tickets");
        assertThat(refusedOtherwise).isEmpty();
        assertThat(api.delete("/api/v1/tokens/" + made.path("id").asLong()).status())
                .isEqualTo(204);
    }
}
