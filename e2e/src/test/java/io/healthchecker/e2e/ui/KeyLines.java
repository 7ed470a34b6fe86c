package io.healthchecker.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Everything by keys alone. */
abstract class KeyLines {
    private final Dashboard dashboard;

    KeyLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void rowsAreWalkedOpenedAndFoundAgain() {
        try (Tab tab = dashboard.tab()) {
            var page = tab.open("/services?state=Down");
            page.waitForSelector(".row[data-id]");
            page.waitForSelector(".feed.live");
            page.keyboard().press("j");
            page.keyboard().press("j");
            page.waitForFunction("() => document.activeElement.getAttribute('aria-rowindex') === '3'");
            String row = (String) page.evaluate("document.activeElement.dataset.id");
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.endsWith("/services/" + row));
            page.waitForSelector(".service-head");
            page.keyboard().press("Escape");
            page.waitForURL(url -> url.endsWith("state=Down"));
            page.waitForFunction("row => document.activeElement?.dataset.id === row", row);
        }
    }

    @Test
    void singleKeysAreOffWhileSomebodyTypes() {
        try (Tab tab = dashboard.tab()) {
            var page = tab.open("/services");
            page.waitForSelector(".row[data-id]");
            page.keyboard().press("/");
            page.keyboard().type("tdz?");
            assertThat(page.inputValue("#search")).isEqualTo("tdz?");
            assertThat(page.locator("dialog[open]").count()).isZero();
            assertThat(page.getAttribute("html", "data-theme")).isEqualTo("system");
            page.keyboard().press("Escape");
            page.keyboard().press("?");
            page.waitForSelector("dialog[open]");
            page.keyboard().press("Escape");
            page.keyboard().press("Control+k");
            page.keyboard().type("cart");
            page.waitForSelector("#palette [role=option]");
        }
    }
}
