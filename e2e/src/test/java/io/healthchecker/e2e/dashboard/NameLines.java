package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.healthchecker.testing.ApiClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names are shown as they are, whatever a browser could make of them. */
abstract class NameLines {
    private static final String NAME = "</text></script><script>alert(1)</script>&\"😀";
    private static final String IN_JSON = NAME.replace("\"", "\\\"");
    private static final String SLUG = "names";

    private final Dashboard dashboard;

    NameLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void aNameThatIsAScriptIsShownAndNotRun() {
        ApiClient api = dashboard.api();
        long id = api.post("/api/v1/services", """
                {"name": "%s", "tcp": {"host": "127.0.0.1", "port": 9}, "periodSeconds": 3600}""".formatted(IN_JSON))
                .body()
                .path("id")
                .asLong();
        long status = api.post("/api/v1/status-pages", """
                {"slug": "%s", "title": "%s", "published": true,
                 "sections": [{"title": "%2$s", "components": [{"name": "%2$s", "serviceId": %3$d}]}]}""".formatted(SLUG, IN_JSON, id))
                .body()
                .path("id")
                .asLong();
        List<String> dialogs = new ArrayList<>();
        try (Tab tab = dashboard.tab()) {
            tab.page().onDialog(dialog -> {
                dialogs.add(dialog.message());
                dialog.dismiss();
            });
            for (String path : List.of(
                    "/services?q=alert",
                    "/services?q=alert&view=tiles",
                    "/services/" + id,
                    "/services/" + id + "?tab=config",
                    "/services/" + id + "/edit",
                    "/status-pages",
                    "/status-pages/" + status + "/edit",
                    "/wall?q=alert",
                    "/status/" + SLUG)) {
                Page page = tab.settled(path);
                // what is new is in the index a second later, and comes by the feed before
                await().pollInSameThread()
                        .untilAsserted(() -> assertThat(shown(page)).as(path).contains(NAME));
            }
            assertThat(tab.complaints()).isEmpty();
        }
        assertThat(dialogs).isEmpty();
        api.delete("/api/v1/status-pages/" + status);
        api.delete("/api/v1/services/" + id);
    }

    private static String shown(Page page) {
        return page.innerText("body")
                + page.evaluate("[...document.querySelectorAll('input')].map(input => input.value).join()")
                + page.evaluate(
                        "[...document.querySelectorAll('[title], [aria-label]')].map(node => node.title + node.ariaLabel).join()");
    }
}
