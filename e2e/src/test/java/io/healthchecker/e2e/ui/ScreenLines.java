package io.healthchecker.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every screen: for those who do not see it, in a narrow window, in another language. */
abstract class ScreenLines {
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static final String SMALL_TARGETS = """
            [...document.querySelectorAll('button, a.button, select, input:not([type=checkbox]), .tabs a, summary')]
              .filter(node => node.checkVisibility() && node.getBoundingClientRect().width > 0)
              .filter(node => { const r = node.getBoundingClientRect(); return r.width < 24 || r.height < 23.5; })
              .map(node => node.outerHTML.slice(0, 90))""";

    // the answer has a node or two of each violation; axe's own builder would open a page of its own for each
    private static final String AXE = """
            tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})
              .then(({ violations }) => violations.map(({ id, nodes }) => `${id} at ${nodes[0].target}`))""";

    private static final String WIDE = """
            [...document.querySelectorAll('main *')]
              .filter(node => node.getBoundingClientRect().right > 322 && !node.closest('.scroll-x, .viewport, .counts, .tabs, pre'))
              .map(node => node.outerHTML.slice(0, 80)).slice(0, 2)""";

    private final Dashboard dashboard;

    ScreenLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    private List<String> screens() {
        long down = dashboard.stage().down();
        long incident = dashboard.stage().incident();
        return List.of(
                "/services",
                "/services?by=label:app",
                "/services?view=tiles",
                "/services?q=nothing-matches-this",
                "/services/" + down,
                "/services/" + down + "?tab=results",
                "/services/" + down + "?tab=incidents",
                "/services/" + down + "?tab=config",
                "/services/new",
                "/services/" + down + "/edit",
                "/incidents",
                "/incidents/" + incident,
                "/admin/members",
                "/admin/tokens",
                "/admin/audit",
                "/admin/system",
                "/status-pages",
                "/status-pages/new",
                "/wall");
    }

    /** Those with the most colours; the colours of all are tested on their own. */
    private List<String> inTheDark() {
        return List.of("/services", "/services/" + dashboard.stage().down(), "/admin/system");
    }

    /** Waits until what is fetched for a screen is there. */
    private static Page settled(Tab tab, String path) {
        Page page = tab.open(path);
        page.waitForFunction(
                "() => !document.querySelector('[aria-busy=true], .skeleton') && document.readyState === 'complete'");
        page.waitForLoadState(LoadState.LOAD);
        return page;
    }

    @Test
    void axeFindsNothing() {
        List<String> found = new ArrayList<>();
        String rules = rules();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            // the rules are put into the page as text, which its policy would rightly refuse
            try (Tab tab = dashboard.tab(Dashboard.screen(1280, 900, scheme).setBypassCSP(true))) {
                for (String path : scheme == ColorScheme.LIGHT ? screens() : inTheDark()) {
                    Page page = settled(tab, path);
                    page.evaluate(rules);
                    ((List<?>) page.evaluate(AXE, RULES))
                            .forEach(violation -> found.add("%s %s: %s".formatted(scheme, path, violation)));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    /** The script of axe-core, which runs in the page. */
    private static String rules() {
        try (InputStream script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noScreenComplainsOrIsTooSmallOrTooWide() {
        List<String> found = new ArrayList<>();
        try (Tab tab =
                dashboard.tab(Dashboard.screen(1280, 900, ColorScheme.LIGHT).setReducedMotion(ReducedMotion.REDUCE))) {
            for (String path : screens()) {
                tab.page().setViewportSize(1280, 900);
                Page page = settled(tab, path);
                ((List<?>) page.evaluate(SMALL_TARGETS)).forEach(small -> found.add(path + " small: " + small));
                if (page.innerText("main").matches("(?s).*(NaN|undefined|Invalid Date|\\[object).*")) {
                    found.add(path + " shows what is nothing");
                }
                page.setViewportSize(320, 700);
                double wide = tab.number("document.documentElement.scrollWidth");
                if (wide > 321) {
                    found.add("%s is %.0f wide, by %s".formatted(path, wide, page.evaluate(WIDE)));
                }
                if (tab.number("document.getAnimations().filter(a => a.playState === 'running').length") > 0) {
                    found.add(path + " moves");
                }
            }
            found.addAll(tab.complaints());
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyTextIsTranslated() {
        List<String> found = new ArrayList<>();
        try (Tab tab = dashboard.tab(new Browser.NewContextOptions().setViewportSize(1280, 900))) {
            for (String path : List.of(
                    "/services",
                    "/incidents",
                    "/admin/members",
                    "/admin/tokens",
                    "/services/new",
                    "/status-pages/new")) {
                Page page = settled(tab, path + "?locale=qps");
                ((List<?>) page.evaluate("""
                        [...document.querySelectorAll('h1, h2, h3, button, th, label, legend, .count > span, nav a')]
                          .filter(n => n.children.length === 0 && /[a-z]{4}/i.test(n.textContent) && !/[\\[~\\]]/.test(n.textContent) && !/^[A-Z]+$/.test(n.textContent))
                          .map(n => n.textContent)""")).forEach(text -> found.add(path + ": " + text));
            }
            Page german = settled(tab, "/services?locale=de");
            assertThat(german.getAttribute("html", "lang")).isEqualTo("de");
            assertThat(german.innerText(".count[data-state=Down]")).contains("Ausgefallen");
            assertThat(settled(tab, "/services?locale=ja").innerText(".count[data-state=Up]"))
                    .contains("正常");
        }
        assertThat(found).isEmpty();
    }
}
