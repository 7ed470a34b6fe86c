package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The screen at which nobody clicks. */
abstract class WallLines {
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
            page.evaluate("() => { const real = Date.now; Date.now = () => real() + 31_000; }");
            page.waitForSelector(".wall.silent");
            assertThat(page.innerText(".wall")).contains("No data since");
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
}
