package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import io.healthchecker.testing.ApiClient;
import org.junit.jupiter.api.Test;

/** Members, tokens and the audit of a team. */
abstract class AdminLines {
    private final Dashboard dashboard;

    AdminLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void anObjectLeadsToItsOwnChangesWhichAreExportedAlone() {
        long id = dashboard.stage().up();
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/services/" + id);
            page.click("[aria-label=More]");
            page.click(".menu >> text=Audit");
            page.waitForURL(url -> url.endsWith("/admin/audit?object=service:" + id));
            page.waitForSelector("main tbody tr");
            assertThat(page.locator("main tbody tr td:nth-child(4)").allInnerTexts())
                    .allMatch(object -> object.startsWith("service:%d ".formatted(id)));
            Request export = page.waitForRequest(
                    request -> request.url().contains("/audit/export"), () -> page.click("main header button"));
            assertThat(export.url()).endsWith("?object=service%3A" + id);
            page.waitForSelector(".toast");

            tab.visit("/admin/audit?object=service:0");
            assertThat(page.innerText(".nothing")).contains("No change matches the filter");
            page.click(".nothing button");
            page.waitForSelector("main tbody tr");

            tab.visit("/status-pages/%d/edit".formatted(dashboard.stage().page()));
            page.click("main header a:has-text('Audit')");
            page.waitForSelector("main tbody tr:has-text('status-page:')");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void whatWouldBeLostIsSaidBeforeItIs() {
        ApiClient api = dashboard.api();
        int team = api.get("/api/v1/teams").body().at("/items/0/id").asInt();
        dashboard.apiOf("leaves@example.com");
        api.post(
                "/api/v1/teams/%d/members".formatted(team),
                "{\"email\": \"leaves@example.com\", \"role\": \"viewer\"}");
        String token = api.post(
                        "/api/v1/tokens", "{\"name\": \"nightly\", \"scope\": \"viewer\", \"expiresInDays\": 7}")
                .body()
                .path("token")
                .asString();
        assertThat(api.bearing(token).get("/api/v1/services?limit=1").status()).isEqualTo(200);
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/admin/tokens");
            String used = page.innerText("tr:has-text('nightly')");
            assertThat(used).containsPattern("ago · (127\\.0\\.0\\.1|0:0:0:0:0:0:0:1|::1)");
            page.click("tr:has-text('nightly') button");
            assertThat(page.innerText("dialog p"))
                    .containsPattern("last used .* ago, from [0-9a-f.:]+\\. .*stops working at once");
            page.click("dialog .danger");
            page.waitForSelector(".toast:has-text('Revoked nightly')");

            tab.visit("/admin/members");
            assertThat(page.innerText("th:has(.flag)")).contains("Admin", "you");
            page.click("tr:has-text('leaves@example.com') button");
            assertThat(page.innerText("dialog")).contains("Remove leaves@example.com?", "tokens for it stop working");
            page.click("dialog .danger");
            page.waitForSelector("tr:has-text('leaves@example.com')", Opened.gone());
            assertThat(tab.complaints()).isEmpty();
        }
        assertThat(api.bearing(token).get("/api/v1/services?limit=1").status()).isEqualTo(401);
    }
}
