package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import io.healthchecker.testing.ApiClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that fail, one at a time, and what they were to show. */
abstract class BrokenLines {
    /** Asks for nothing of its own, so that the next screen begins anew. */
    static final String ELSEWHERE = "/status-pages/new";

    private static final String FAILURE = ".failure";

    private final Dashboard dashboard;

    BrokenLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    /** A service that reports by itself. */
    static long heartbeat(ApiClient api, String name) {
        return api.post(
                        "/api/v1/services",
                        "{\"name\": \"%s\", \"heartbeat\": {\"cron\": \"0 3 * * *\"}}".formatted(name))
                .body()
                .path("id")
                .asLong();
    }

    @Test
    void aCallThatFailsCostsItsOwnPlaceAndCanBeMadeAgain() {
        List<String> found = new ArrayList<>();
        long heartbeat = heartbeat(dashboard.api(), "reports-rarely");
        try (Tab tab = dashboard.tab()) {
            tab.page()
                    .routeWebSocket(
                            BrokenLines::isFeed, _ -> {}); // silent: it would bring the figures of the system as well
            tab.open(ELSEWHERE);
            for (Asked asked : Asked.shown(dashboard.stage(), heartbeat)) {
                asked.fail(tab.page());
                asked.ask(tab);
                breakAndMend(asked.toString(), tab.page(), found);
                tab.go(ELSEWHERE);
            }
            assertThat(tab.complaints()).isEmpty();
        } finally {
            dashboard.api().delete("/api/v1/services/" + heartbeat);
        }
        assertThat(found).isEmpty();
    }

    /** Where something has failed: that it says so, once, and does no more when it is asked for again. */
    private static void breakAndMend(String what, Page page, List<String> found) {
        try {
            page.waitForSelector(FAILURE, soon());
            List<String> said = page.locator(FAILURE).allInnerTexts();
            if (said.size() != 1
                    || !said.getFirst().contains("the disk is full")
                    || !said.getFirst().contains(Failing.REQUEST)) {
                found.add("%s says %s".formatted(what, said));
            }
            Failing.nothing(page);
            page.click(FAILURE + " button");
            page.waitForSelector(FAILURE, Opened.gone().setTimeout(soon().timeout));
        } catch (TimeoutError late) {
            found.add("%s neither fails nor recovers: %s"
                    .formatted(what, page.locator(FAILURE).allInnerTexts()));
        }
    }

    private static boolean isFeed(String url) {
        return url.contains("/services/ws");
    }

    private static Page.WaitForSelectorOptions soon() {
        return new Page.WaitForSelectorOptions().setTimeout(20_000);
    }

    @Test
    void withoutTheIndexTheFirstRowsStayAndTheRestIsAskedForAgain() {
        List<String> found = new ArrayList<>();
        try (Tab tab = dashboard.tab()) {
            Failing.calls(tab.page(), url -> url.contains("/services/index"));
            Page page = tab.open("/services");
            page.waitForSelector(FAILURE);
            assertThat(page.locator(".row[data-id]").count()).isPositive();
            breakAndMend("the index", page, found);
            page.waitForSelector(".count[data-state=Up] strong:text-matches('[0-9]')");

            Failing.calls(page, url -> url.contains("/services?"));
            tab.open("/services");
            breakAndMend("the first rows", page, found);
            page.waitForSelector(".row[data-id]");

            page.waitForSelector(".feed.live");
            Failing.calls(page, url -> url.matches(".*/services/\\d+"));
            dashboard
                    .api()
                    .send(
                            "PATCH",
                            "/api/v1/services/" + dashboard.stage().up(),
                            "{\"labels\": {\"seen\": \"1\"}}",
                            "application/merge-patch+json");
            breakAndMend("what has changed", page, found);
            dashboard
                    .api()
                    .send(
                            "PATCH",
                            "/api/v1/services/" + dashboard.stage().up(),
                            "{\"labels\": {\"seen\": null}}",
                            "application/merge-patch+json");
            assertThat(tab.complaints()).isEmpty();
        }
        assertThat(found).isEmpty();
    }

    @Test
    void aWallSaysWhatItDoesNotKnow() {
        List<String> found = new ArrayList<>();
        try (Tab tab = dashboard.tab()) {
            Page page = tab.page();
            Failing.calls(page, url -> url.contains("/services?"));
            tab.open("/wall");
            page.waitForSelector("h1:text-is('The wall cannot be shown')");
            breakAndMend("the first rows of a wall", page, found);
            page.waitForSelector(".wall-card");

            Failing.calls(page, url -> url.contains("/services/index"));
            tab.open("/wall");
            page.waitForSelector(".wall-card");
            breakAndMend("the index of a wall", page, found);
            page.waitForSelector(".wall-counts li");
            assertThat(tab.complaints()).isEmpty();
        }
        assertThat(found).isEmpty();
    }

    @Test
    void whereTheServerFiltersItsCountsAndItsNextRowsAreAskedForAgain() {
        List<String> found = new ArrayList<>();
        try (Tab tab = dashboard.tab()) {
            Page page = tab.page();
            page.addInitScript(ServerLines.SAVE_DATA);
            page.routeWebSocket(BrokenLines::isFeed, _ -> {}); // silent: what it told of would be counted
            Failing.calls(page, url -> url.contains("/services/facets"));
            tab.open("/services");
            breakAndMend("the counts", page, found);
            page.waitForSelector(".count[data-state=Up] strong:text-matches('[1-9]')");

            Failing.calls(page, url -> url.contains("/services/facets"));
            page.click(".chip.add");
            page.waitForSelector(".menu " + FAILURE);
            breakAndMend("the menu of filters", page, found);
            page.waitForSelector(".facets button:has-text('env:dev')");
            page.click(".chip.add");

            Failing.calls(page, url -> url.contains("cursor="));
            page.evaluate(
                    "() => { const list = document.querySelector('.viewport'); list.scrollTop = list.scrollHeight; }");
            breakAndMend("the next rows", page, found);
            page.waitForSelector(".row[data-id]");
            assertThat(tab.complaints()).isEmpty();
        }
        assertThat(found).isEmpty();
    }
}
