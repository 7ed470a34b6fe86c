package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.healthchecker.core.verdict.State;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Being told by the browser. */
abstract class NotifyLines {
    private static final int MANY = 200;
    private static final String FILTER = "label=-set:bulk";

    // what the browser would show is written down, one of a tag in place of the one before; whether anybody looks is
    // for
    // the test to say
    private static final String EAVESDROP = """
            window.told = new Map();
            window.Notification = class {
              static requestPermission = async () => 'granted';
              constructor(title, { tag }) { window.told.set(tag, title); this.tag = tag; }
              close() { window.told.delete(this.tag); }
            };
            Object.defineProperty(document, 'hidden', { get: () => window.away === true });
            """;

    private static final String TOLD = "[...window.told].map(([tag, title]) => `${tag}: ${title}`)";

    private final Dashboard dashboard;

    NotifyLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void manyOutagesAtOnceAreToldOnceAndOnlyWhereNobodyLooks() {
        List<Long> many = dashboard.fleet().ids().subList(0, MANY);
        dashboard.fleet().change(many, State.UP);
        try (Tab tab = dashboard.tab()) {
            tab.page().addInitScript(EAVESDROP);
            Page page = tab.settled("/services?" + FILTER);
            page.waitForSelector(".feed.live");
            awaitTitleAndIcon(page);
            page.click(".filters button:has-text('Views')");
            page.click(".views >> text=Notify me of these");
            page.waitForSelector(".views >> text=Notify me no more");
            page.keyboard().press("Escape");
            dashboard.fleet().change(many.subList(0, 1), State.DOWN);
            page.waitForSelector(".resort");
            awaitTitleAndIcon(page);
            assertThat((List<?>) page.evaluate(TOLD)).isEmpty();

            page.evaluate("() => { window.away = true; document.dispatchEvent(new Event('visibilitychange')); }");
            dashboard.fleet().change(many, State.DOWN);
            page.waitForFunction("() => window.told.size > 0");
            awaitTitleAndIcon(page);
            assertThat(page.evaluate(TOLD)).isEqualTo(List.of("hc.many: %d services went Down".formatted(MANY)));
            assertThat(page.locator(".toast").count()).isZero();
            dashboard.fleet().change(many, State.UP);
            awaitTitleAndIcon(page);
            assertThat(page.evaluate("window.told.size")).isEqualTo(1);
            assertThat(page.locator(".toast").count()).isZero();
            page.evaluate("() => { window.away = false; document.dispatchEvent(new Event('visibilitychange')); }");
            page.click(".filters button:has-text('Views')");
            page.click(".views >> text=Notify me no more"); // which the next tab would remember
            page.waitForSelector(".views >> text=Notify me of these");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    /** Waits until the title counts what is Down of the filter, and the icon what is Down of all, as the server does. */
    private void awaitTitleAndIcon(Page page) {
        await().pollInSameThread().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(page.title()).startsWith("(%d) ".formatted(down(FILTER)));
            long all = down("");
            String path = URI.create((String) page.evaluate("document.querySelector('link[rel=icon]').href"))
                    .getPath();
            assertThat(dashboard.api().text(path))
                    .as(path)
                    .contains("<rect", ">%s</text>".formatted(all > 99 ? "99+" : Long.toString(all)));
        });
    }

    private long down(String filter) {
        return dashboard
                .api()
                .get("/api/v1/services/facets?" + filter)
                .body()
                .at("/state/Down")
                .asLong(0);
    }
}
