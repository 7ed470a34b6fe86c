package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.healthchecker.core.verdict.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Being told by the browser. */
abstract class NotifyLines {
    // what the browser would show is written down; whether anybody looks is for the test to say
    private static final String EAVESDROP = """
            window.told = [];
            window.Notification = class {
              static requestPermission = async () => 'granted';
              constructor(title, { tag }) { window.told.push(`${tag}: ${title}`); }
              close() {}
            };
            Object.defineProperty(document, 'hidden', { get: () => window.away === true });
            """;

    private final Dashboard dashboard;

    NotifyLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void manyOutagesAtOnceAreToldOnceAndOnlyWhereNobodyLooks() {
        List<Long> many = dashboard.fleet().ids().subList(0, 200);
        try (Tab tab = dashboard.tab()) {
            tab.page().addInitScript(EAVESDROP);
            Page page = tab.settled("/services?label=-set:bulk");
            page.waitForSelector(".feed.live");
            page.click(".filters button:has-text('Views')");
            page.click(".views >> text=Notify me of these");
            page.waitForSelector(".views >> text=Notify me no more");
            page.keyboard().press("Escape");
            dashboard.fleet().change(many.subList(0, 1), State.DOWN);
            page.waitForSelector(".resort");
            assertThat(page.evaluate("window.told.length")).isEqualTo(0);

            page.evaluate("() => { window.away = true; document.dispatchEvent(new Event('visibilitychange')); }");
            dashboard.fleet().change(many, State.DOWN);
            page.waitForFunction("() => window.told.length > 0");
            dashboard.fleet().change(many, State.UP);
            page.waitForFunction("() => /^\\(\\d+\\) /.test(document.title) && window.calls === 0");
            @SuppressWarnings("unchecked")
            var told = (List<String>) page.evaluate("window.told");
            assertThat(told).hasSizeLessThanOrEqualTo(2).allMatch(one -> one.startsWith("hc.many: "));
            assertThat(page.locator(".toast").count()).isZero();
            page.evaluate("() => { window.away = false; document.dispatchEvent(new Event('visibilitychange')); }");
            page.click(".filters button:has-text('Views')");
            page.click(".views >> text=Notify me no more"); // which the next tab would remember
            page.waitForSelector(".views >> text=Notify me of these");
        }
    }
}
