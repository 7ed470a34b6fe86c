package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The list of services as a browser shows it. */
final class ShownList {
    /** The ids of the rows that are in the page, from the top. */
    static final String ORDER =
            "[...document.querySelectorAll('.row[data-id]')].sort((a, b) => a.getAttribute('aria-rowindex') - b.getAttribute('aria-rowindex')).map(r => r.dataset.id)";

    private ShownList() {}

    /** Waits until all services are there and the feed is live. */
    static void awaitAll(Page page) {
        page.waitForSelector(".row[data-id]");
        page.waitForFunction(
                "() => /\\d/.test(document.querySelector('.count[data-state=Up] strong')?.textContent ?? '')");
        page.waitForSelector(".feed.live");
    }

    /** Waits until the counts above the list are those of the server. */
    static void awaitCounts(Dashboard dashboard, Page page, String filter) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode states = dashboard
                    .api()
                    .get("/api/v1/services/facets?" + filter)
                    .body()
                    .path("state");
            for (String state : List.of("Down", "Degraded", "Unknown", "Up", "Suspended")) {
                String shown = page.innerText(".count[data-state=" + state + "] strong")
                        .replaceAll("\\D", "");
                assertThat(Long.parseLong(shown))
                        .as(state)
                        .isEqualTo(states.path(state).asLong(0));
            }
        });
    }

    /** How often a tab has asked for the index. */
    static long indexes(Tab tab) {
        return tab.requests().stream()
                .filter(request -> request.url().contains("/services/index"))
                .count();
    }
}
