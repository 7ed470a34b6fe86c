package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What everybody may see. */
abstract class PublicLines {
    private final Dashboard dashboard;

    PublicLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void aStatusPageIsWholeWithoutScriptAndTellsNothingOfWithin() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> dashboard.api().text("/status/" + Stage.SLUG).contains("Paying"));
        try (Tab tab = dashboard.anonymous(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = tab.page();
            Response answer = Objects.requireNonNull(page.navigate(dashboard.origin() + "/status/" + Stage.SLUG));
            assertThat(page.innerText("body")).contains("Shop status", "Shop front", "Paying", "Incidents", "Updated");
            assertThat(answer.request().sizes().responseBodySize).isLessThanOrEqualTo(50_000);
            assertThat(answer.headerValue("content-security-policy")).contains("frame-ancestors 'none'");
            assertThat(answer.text()).doesNotContain("127.0.0.1", "payments", "storefront", "<script");
        }
        try (Tab tab = dashboard.anonymous()) {
            Page page = tab.page();
            Response embed = Objects.requireNonNull(page.navigate(dashboard.origin() + "/embed/" + Stage.SLUG));
            assertThat(embed.headerValue("content-security-policy"))
                    .contains("frame-ancestors https://www.example.com");
            page.navigate(dashboard.origin() + "/embed/" + Stage.SLUG + "?theme=dark");
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(15, 19, 24)");
            page.navigate(dashboard.origin() + "/badge/" + Stage.SLUG + "/paying/state.svg");
            assertThat(page.evaluate(
                            "document.querySelector('title').textContent + document.documentElement.textContent"))
                    .asString()
                    .contains("down");
            for (String feed : new String[] {".atom", ".json", "/api/v2/summary.json"}) {
                assertThat(Objects.requireNonNull(page.navigate(dashboard.origin() + "/status/" + Stage.SLUG + feed))
                                .status())
                        .as(feed)
                        .isEqualTo(200);
            }
        }
    }
}
