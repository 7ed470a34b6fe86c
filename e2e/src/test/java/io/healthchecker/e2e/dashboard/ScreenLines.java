package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every screen: for those who do not see it, in a narrow window, in another language. */
abstract class ScreenLines {
    private static final String SMALL_TARGETS = """
            [...document.querySelectorAll('button, a.button, select, input:not([type=checkbox]), .tabs a, summary')]
              .filter(node => node.checkVisibility() && node.getBoundingClientRect().width > 0)
              .filter(node => { const r = node.getBoundingClientRect(); return r.width < 24 || r.height < 23.5; })
              .map(node => node.outerHTML.slice(0, 90))""";

    private static final String WIDE = """
            [...document.querySelectorAll('main *')]
              .filter(node => node.getBoundingClientRect().right > 322 && !node.closest('.scroll-x, .viewport, .counts, .tabs, pre'))
              .map(node => node.outerHTML.slice(0, 80)).slice(0, 2)""";

    // what people or machines named is as it is; all else has been through the catalogue, which marks it
    private static final String UNTRANSLATED = """
            [...document.querySelectorAll('h1, h2, h3, button, th, label, legend, dt, summary, p, small, .count > span, nav a, a.button')]
              .filter(node => !node.closest('code, pre, kbd, time, .mono, .name, td, .why, .verdict, .timeline, .tile-card, .wall-card, option, .kinds'))
              .flatMap(node => [...node.childNodes].filter(child => child.nodeType === 3).map(child => child.textContent.trim()))
              .filter(text => /[a-z]{4}/i.test(text) && !/[\\[~\\]@/]/.test(text) && !/^(p50|p95|p99|YAML|payments|Shop.*|Buying|Paying|checkout|cart-api|default|How the shop is\\.|Health Checker)$/.test(text))""";

    private static final String CLIPPED = """
            [...document.querySelectorAll('button, th, label, legend, h1, h2, .tabs a, nav a')]
              .filter(node => node.checkVisibility() && !node.matches('.clip, .name, .unseen, .facet *') && !node.closest('.viewport'))
              .filter(node => getComputedStyle(node).overflowX !== 'visible' && node.scrollWidth > node.clientWidth + 1)
              .map(node => node.textContent)""";

    // rows of the list end names that have no room by three dots
    private static final String CLIPPED_NAMES = """
            [...document.querySelectorAll('h1, .tile-card .name, .row[data-id] .name')]
              .filter(node => node.checkVisibility() && !node.matches('.unseen'))
              .filter(node => node.scrollWidth > node.clientWidth + 1 || node.getBoundingClientRect().right > innerWidth)
              .map(node => node.textContent)""";

    private final Dashboard dashboard;

    ScreenLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    private static Browser.NewContextOptions wide() {
        return Dashboard.screen(1280, 900, ColorScheme.LIGHT);
    }

    /** Has few rows: what is wrong with one is wrong with all of them. The script of axe is not the page's own. */
    private static Browser.NewContextOptions small() {
        return Dashboard.screen(1280, 560, ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setBypassCSP(true);
    }

    @Test
    void axeFindsNothingAndNothingIsTooSmallOrTooWide() {
        Axe axe = new Axe();
        List<String> found = new ArrayList<>();
        boolean whole = dashboard.extent().whole();
        List<String> judged =
                whole ? dashboard.screens().all() : dashboard.screens().each();
        try (Tab tab = dashboard.tab(small())) {
            tab.settled("/services");
            for (String path : dashboard.screens().all()) {
                Page page = tab.visit(path);
                if (judged.contains(path)) {
                    axe.judge(path, page);
                }
                measure(path, tab, found);
            }
            for (Opened opened : whole ? Opened.all(dashboard.stage()) : Opened.some(dashboard.stage())) {
                Page page = opened.open(tab);
                axe.judge(opened.toString(), page);
                opened.close(page);
            }
            Failing.everything(tab.page());
            for (String path : whole ? dashboard.screens().all() : List.of("/incidents", "/admin/system")) {
                axe.judge("broken " + path, tab.visit(path));
            }
            found.addAll(tab.complaints());
        }
        try (Tab tab = dashboard.anonymous(small())) {
            for (String path : dashboard.screens().open()) {
                axe.judge(path, tab.settled(path));
            }
        }
        try (Tab tab = dashboard.tabOf("axe@example.com", small())) {
            for (String path : whole ? Screens.ofAnEmptyTeam() : List.of("/services", "/incidents")) {
                axe.judge("empty " + path, tab.visit(path));
            }
        }
        found.addAll(axe.violations());
        assertThat(found).isEmpty();
    }

    private static void measure(String path, Tab tab, List<String> found) {
        Page page = tab.page();
        ((List<?>) page.evaluate(SMALL_TARGETS)).forEach(small -> found.add(path + " small: " + small));
        if (page.innerText("main").matches("(?s).*(NaN|undefined|Invalid Date|\\[object).*")) {
            found.add(path + " shows what is nothing");
        }
        page.locator(".failure").allInnerTexts().forEach(text -> found.add(path + " fails: " + text));
        page.setViewportSize(320, 700);
        tab.settle();
        double wide = tab.number("document.documentElement.scrollWidth");
        if (wide > 321) {
            found.add("%s is %.0f wide, by %s".formatted(path, wide, page.evaluate(WIDE)));
        }
        ((List<?>) page.evaluate(CLIPPED_NAMES))
                .forEach(text -> found.add("%s clips at 320 pixels: %s".formatted(path, text)));
        if (tab.number("document.getAnimations().filter(a => a.playState === 'running').length") > 0) {
            found.add(path + " moves");
        }
        page.setViewportSize(1280, 560);
        page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }");
        if (tab.number("document.documentElement.scrollWidth") > 1281) {
            found.add(path + " is too wide for text of twice the size");
        }
        ((List<?>) page.evaluate(CLIPPED))
                .forEach(text -> found.add("%s clips at twice the size: %s".formatted(path, text)));
        page.evaluate("() => { document.documentElement.style.fontSize = ''; }");
    }

    @Test
    void theClockOfAnyZoneHasRoomOnASmallPhone() {
        try (Tab tab = dashboard.tab(small())) {
            Page page = tab.settled("/services");
            page.setViewportSize(320, 700);
            page.evaluate(DayLines.PREFER, "Pacific/Chatham");
            tab.settle();

            assertThat(page.innerText(".feed")).contains("GMT+1", ":45");
            assertThat(tab.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(320);
            assertThat(
                            tab.number(
                                    "Math.max(...[...document.querySelectorAll('.bar button, .bar a')].filter(node => node.checkVisibility()).map(node => node.getBoundingClientRect().bottom))"))
                    .isLessThanOrEqualTo(48);
            page.evaluate(DayLines.PREFER, "local"); // which the next tab would remember
        }
    }

    @Test
    void everyTextIsTranslatedAndHasRoomAndFromRightToLeftAllIsMirroredButTime() {
        List<String> found = new ArrayList<>();
        try (Tab tab = dashboard.tab(wide())) {
            Page page = tab.settled("/services?locale=qps&dir=rtl");
            assertThat(tab.number("document.querySelector('.brand').getBoundingClientRect().left"))
                    .isGreaterThan(640);
            for (String path : dashboard.screens().all()) {
                tab.visit(path);
                ((List<?>) page.evaluate(UNTRANSLATED)).forEach(text -> found.add(path + ": " + text));
                ((List<?>) page.evaluate(CLIPPED)).forEach(text -> found.add(path + " clips: " + text));
                if (tab.number("document.documentElement.scrollWidth") > 1281
                        || tab.number("document.documentElement.scrollLeft") != 0) {
                    found.add(path + " is too wide");
                }
            }
            tab.visit("/services/" + dashboard.stage().down());
            page.focus(".heart-track");
            page.keyboard().press("End");
            double end = tab.number("document.querySelector('.heart-cursor').getBoundingClientRect().left");
            page.keyboard().press("Home");
            page.waitForFunction(
                    "end => document.querySelector('.heart-cursor').getBoundingClientRect().left < end - 500", end);

            Page german = tab.settled("/services?locale=de");
            assertThat(german.getAttribute("html", "lang")).isEqualTo("de");
            assertThat(german.innerText(".count[data-state=Down]")).contains("Ausgefallen");
            assertThat(tab.settled("/services?locale=ja").innerText(".count[data-state=Up]"))
                    .contains("正常");
            found.addAll(tab.complaints()); // of the page as it is served, with its policy
            found.addAll(tab.refusals());
        }
        assertThat(found).isEmpty();
    }

    @Test
    void whoComesForTheFirstTimeSignsInAndOutAndTheConsoleStaysEmpty() {
        try (Tab tab = dashboard.anonymous(wide())) {
            Page page = tab.open("/services?state=Down");
            page.waitForURL(url -> url.contains("/login?next="));
            for (String path : List.of("/register", "/login?next=/admin/members")) {
                tab.settled(path);
            }
            page.fill("input[name=email]", Dashboard.EMAIL);
            page.fill("input[name=password]", Dashboard.PASSWORD);
            page.click("form button.primary");
            page.waitForSelector("h1:text-is('Members')");
            tab.settled("/status-pages"); // the session is taken up again
            page.click(".bar [aria-label^=Account]");
            page.click(".menu >> text=Sign out");
            page.waitForSelector("form.sign-in");
            tab.settled("/login");
            assertThat(tab.complaints()).isEmpty();
            assertThat(tab.refusals()).isEmpty();
        }
    }
}
