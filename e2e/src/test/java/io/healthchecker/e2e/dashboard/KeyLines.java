package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.junit.jupiter.api.Test;

/** Everything by keys alone. */
abstract class KeyLines {
    private static final int MOST_TABS = 60;

    private static final String SINGLE_KEYS =
            "async singleKeys => (await import(document.querySelector('script[type=module]').src.replace('main.js', 'prefs.js'))).prefer({ singleKeys })";

    private static final String NOT_COVERED = """
            (() => {
              const at = document.activeElement.getBoundingClientRect();
              const top = document.elementFromPoint(at.left + at.width / 2, at.top + 2);
              return document.activeElement.contains(top);
            })()""";

    private final Dashboard dashboard;

    KeyLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void aFailureIsFoundAndAcknowledgedWithoutAPointer() {
        try (Tab tab = dashboard.anonymous()) {
            Page page = tab.open("/login?next=/services?q=payments");
            page.keyboard().type(Dashboard.EMAIL);
            page.keyboard().press("Tab");
            page.keyboard().type(Dashboard.PASSWORD);
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.contains("/services"));
            page.waitForSelector(".row[data-id] .w-Down");
            tab.settle();
            tabTo(page, ".count[data-state=Down]");
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.contains("state=Down"));
            page.keyboard().press("j");
            page.waitForFunction("() => document.activeElement.matches('.row[data-id]')");
            Object row = page.evaluate("document.activeElement.dataset.id");
            assertThat(page.evaluate(NOT_COVERED)).isEqualTo(true);

            page.keyboard().press("Enter");
            page.waitForSelector(".service-head .buttons");
            page.keyboard().press("n");
            page.waitForSelector("dialog[open] .result");
            String first = page.url();
            page.keyboard().press("Shift+N");
            page.waitForURL(url -> !url.equals(first));
            page.waitForSelector("dialog[open] .result");
            page.keyboard().press("Escape");
            page.waitForSelector("dialog", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
            tab.settle();
            page.keyboard().press("a");
            page.waitForSelector(".incident .timeline");
            page.keyboard().press("a");
            page.waitForSelector("dialog[open] textarea");
            page.keyboard().type("by keys");
            tabTo(page, "dialog button.primary");
            page.keyboard().press("Enter");
            page.waitForSelector("text=Acknowledged by");
            tabTo(page, ".incident header button:not(.icon, .quiet)");
            page.keyboard().press("Enter"); // taken back, for the stories after this one
            page.waitForSelector(".incident .primary");

            page.keyboard().press("Escape");
            page.waitForSelector(".service-head");
            page.keyboard().press("Escape");
            page.waitForURL(url -> url.contains("state=Down"));
            page.waitForFunction("row => document.activeElement?.dataset.id === row", row);
        }
    }

    /** Presses Tab until something has the focus. */
    private static void tabTo(Page page, String selector) {
        for (int i = 0; i < MOST_TABS; i++) {
            if (Boolean.TRUE.equals(page.evaluate("selector => document.activeElement.matches(selector)", selector))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("%s is not reached by Tab".formatted(selector));
    }

    @Test
    void singleKeysCanBeTurnedOff() {
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/services");
            page.evaluate(SINGLE_KEYS, false);
            page.keyboard().press("t");
            page.keyboard().press("?");
            assertThat(page.getAttribute("html", "data-theme")).isEqualTo("system");
            assertThat(page.locator("dialog[open]").count()).isZero();
            page.evaluate(SINGLE_KEYS, true); // which the next tab would remember
        }
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
            page.waitForSelector("#palette [role=option] >> nth=1");
            page.keyboard().press("ArrowDown");
            page.waitForSelector("#palette-1[aria-selected=true]");
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.matches(".*/services/\\d+"));
        }
    }

    @Test
    void whatIsNoButtonHasKeysOfItsOwn() {
        try (Tab tab = dashboard.tab()) {
            Page page = tab.settled("/services?by=label:app");
            page.waitForSelector(".row.group[aria-expanded=true]");
            page.keyboard().press("j");
            page.waitForFunction("() => document.activeElement.matches('.row.group')");
            page.keyboard().press("Enter");
            page.waitForSelector(".row.group[aria-expanded=false]");
            page.keyboard().press("Enter");
            page.waitForFunction("() => document.querySelector('.row.group[aria-expanded=false]') === null");

            tab.visit("/services/" + dashboard.stage().remembered());
            page.waitForSelector(".chart canvas");
            page.focus(".chart-space");
            page.keyboard().press("ArrowLeft");
            page.waitForFunction("() => /\\d/.test(document.querySelector('.readout').textContent)");
            page.focus(".heart-track");
            page.keyboard().press("PageUp");
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.contains("tab=results") && url.contains("from="));
        }
    }
}
