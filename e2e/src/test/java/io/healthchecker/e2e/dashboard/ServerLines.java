package io.healthchecker.e2e.dashboard;

import static io.healthchecker.e2e.dashboard.ShownList.ORDER;
import static io.healthchecker.e2e.dashboard.ShownList.awaitAll;
import static io.healthchecker.e2e.dashboard.ShownList.awaitCounts;
import static io.healthchecker.e2e.dashboard.ShownList.indexes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list where the server filters, sorts and counts. */
abstract class ServerLines {
    /** Has a page find that data is to be saved, so that the server filters for it. */
    static final String SAVE_DATA =
            "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) });";

    private final Dashboard dashboard;

    ServerLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void whereDataIsSavedTheServerFiltersSortsAndCounts() {
        try (Tab tab = dashboard.tab()) {
            tab.page().addInitScript(SAVE_DATA);
            var page = tab.open("/services?label=tier:1"); // many turned in the same millisecond
            awaitAll(page);
            awaitCounts(dashboard, page, "label=tier:1");
            assertThat(firstRows(page)).isEqualTo(rowsOfTheServer("sort=severity&label=tier:1"));
            page.click("[role=columnheader].p95 button");
            page.waitForURL(url -> url.contains("sort=-p95"));
            await().untilAsserted(() -> {
                assertThat(firstRows(page)).isEqualTo(rowsOfTheServer("sort=-p95&label=tier:1"));
                assertThat(page.locator("[role=row] .p95.figures").first().innerText())
                        .startsWith("1.4");
            });
            page.click("[role=columnheader].state button");
            page.waitForURL(url -> !url.contains("sort="));
            page.click(".count[data-state=Up]");
            page.waitForURL(url -> url.contains("state=Up"));
            await().untilAsserted(() -> {
                assertThat(firstRows(page)).isEqualTo(rowsOfTheServer("sort=severity&label=tier:1&state=Up"));
            });
            awaitCounts(dashboard, page, "label=tier:1&state=Up");
            page.click(".chip.add");
            page.waitForSelector(".facets fieldset");
            long dev = dashboard
                    .api()
                    .get("/api/v1/services/facets?label=tier:1&state=Up")
                    .body()
                    .at("/label/env/dev")
                    .asLong();
            page.waitForSelector(".facets button:has-text('env:dev'):has-text('%,d')".formatted(dev));
            tab.visit("/services?has=-maintenance&sort=size");
            await("what the page alone understood is told, too")
                    .untilAsserted(
                            () -> assertThat(page.locator(".chip.ignored s").allInnerTexts())
                                    .containsExactly("has=-maintenance", "sort=size"));
            assertThat(indexes(tab)).isZero();
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private static List<Long> firstRows(Page page) {
        List<?> rows = (List<?>) page.evaluate(ORDER);
        return rows.stream().limit(12).map(id -> Long.valueOf(id.toString())).toList();
    }

    private List<Long> rowsOfTheServer(String filter) {
        List<Long> rows = new ArrayList<>();
        dashboard
                .api()
                .get("/api/v1/services?limit=12&" + filter)
                .body()
                .path("items")
                .forEach(item -> rows.add(item.path("id").asLong()));
        return rows;
    }
}
