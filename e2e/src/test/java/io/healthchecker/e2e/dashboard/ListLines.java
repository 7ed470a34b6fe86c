package io.healthchecker.e2e.dashboard;

import static io.healthchecker.e2e.dashboard.ShownList.ORDER;
import static io.healthchecker.e2e.dashboard.ShownList.awaitAll;
import static io.healthchecker.e2e.dashboard.ShownList.awaitCounts;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.healthchecker.core.verdict.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The list of services, at ten thousand of them. */
abstract class ListLines {
    private static final int BATCH = 100;
    private static final int STRIDE = 7; // has no divisor in common with the size of a fleet

    private final Dashboard dashboard;

    ListLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void aColdStartLoadsLittleAndShowsRowsBeforeTheIndex() {
        try (Tab tab = dashboard.apart(Dashboard.screen(1280, 900, ColorScheme.LIGHT))) {
            var page = tab.open("/services");
            page.waitForSelector(".row[data-id]");
            awaitAll(page);

            long files = size(tab, "/assets/");
            long messages = size(tab, "/i18n/");
            List<String> modules = tab.responses().stream()
                    .map(Response::url)
                    .filter(url -> url.endsWith(".js"))
                    .toList();
            long index = size(tab, "/services/index");
            long window = size(tab, "/api/v1/services?");
            System.out.printf(
                    "dashboard: %d modules, files %d bytes, messages of them %d, window %d bytes, index of %d services %d bytes%n",
                    modules.size(), files, messages, window, total(), index);
            assertThat(modules).hasSizeLessThanOrEqualTo(25).noneMatch(url -> url.contains("uplot"));
            assertThat(files - messages).isLessThanOrEqualTo(54_000);
            assertThat(messages).isLessThanOrEqualTo(9_000);
            assertThat(files + window).isLessThanOrEqualTo(80_000);
            assertThat(index).isLessThanOrEqualTo(320_000);
            List<String> calls = tab.requests().stream()
                    .map(request -> request.url())
                    .filter(url -> url.contains("/api/v1/services"))
                    .toList();
            assertThat(calls.getFirst()).contains("limit=60");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private long total() {
        return dashboard
                .api()
                .get("/api/v1/services/facets")
                .body()
                .path("total")
                .asLong();
    }

    @Test
    void theFirstRowsDoNotWaitForTheIndex() {
        try (Tab tab = dashboard.tab()) {
            boolean[] seen = new boolean[1];
            List<Route> held = new ArrayList<>();
            tab.page().route(url -> url.contains("/services/index"), route -> {
                if (seen[0]) {
                    route.resume();
                } else {
                    held.add(route);
                }
            });
            var page = tab.open("/services");
            page.waitForSelector(".row[data-id]");
            assertThat(page.innerText(".count[data-state=Up] strong")).isEqualTo("–");
            seen[0] = true;
            held.forEach(Route::resume);
            awaitAll(page);
        }
    }

    private static long size(Tab tab, String part) {
        return tab.responses().stream()
                .filter(response -> response.url().contains(part))
                .mapToLong(response -> response.request().sizes().responseBodySize)
                .sum();
    }

    @Test
    void onlyWhatIsSeenIsInThePageAndRowsAreNumberedThroughout() {
        try (Tab tab = dashboard.tab()) {
            var page = tab.open("/services");
            awaitAll(page);
            observeShifts(page);
            long total = total();
            assertThat(page.getAttribute(".viewport", "aria-rowcount")).isEqualTo(Long.toString(total + 1));
            for (double part : new double[] {0, 0.5, 1, 0}) {
                page.evaluate(
                        "part => { const v = document.querySelector('.viewport'); v.scrollTop = part * v.scrollHeight; }",
                        part);
                page.waitForFunction("""
                        () => {
                          const v = document.querySelector('.viewport').getBoundingClientRect();
                          return [...document.querySelectorAll('.row[data-id]')].some(r => Math.abs(r.getBoundingClientRect().bottom - v.bottom) < 48);
                        }""");
                assertThat(tab.number("document.querySelectorAll('.row[data-id]').length"))
                        .isLessThanOrEqualTo(60);
                assertThat(tab.number("document.querySelectorAll('*').length")).isLessThanOrEqualTo(1_500);
                assertThat(page.evaluate("""
                                () => {
                                  const shown = [...document.querySelectorAll('.row[data-id]')].map(r => +r.getAttribute('aria-rowindex')).sort((a, b) => a - b);
                                  return shown.every((n, i) => i === 0 || n === shown[i - 1] + 1 || i === 1);
                                }""")).isEqualTo(true);
            }
            assertThat((List<?>) page.evaluate("window.shifts")).isEmpty();
        }
    }

    /** From the next picture on: what was done to the page before may not have been drawn yet. */
    private static void observeShifts(Page page) {
        page.evaluate("""
                async () => {
                  await new Promise(requestAnimationFrame);
                  await new Promise(requestAnimationFrame);
                  window.shifts = [];
                  new PerformanceObserver(list => list.getEntries().forEach(entry => window.shifts.push(
                    `${entry.value} by ${entry.sources.map(({node}) => node?.outerHTML?.slice(0, 80) ?? node?.textContent)}`
                  ))).observe({type: 'layout-shift', buffered: false});
                }""");
    }

    // the clock in the chip of the feed goes on by itself, and is all that does: rows that are Up show no age
    private static final String WATCH_ALL = """
            async row => {
              await new Promise(requestAnimationFrame);
              await new Promise(requestAnimationFrame);
              window.touched = new Set();
              const COUNTS = '.counts, .resort, [role=status], title, link[rel=icon]';
              const TICKS = '.bar .feed';
              const place = node => {
                const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
                return element?.closest(`.row[data-id="${row}"]`) ? 'its row'
                  : element?.closest(COUNTS) ? 'the counts'
                  : `${element?.closest('[class]')?.className}: ${(element ?? node).outerHTML ?? node.textContent}`;
              };
              new MutationObserver(list => list.forEach(({type, target, addedNodes, removedNodes}) => {
                if (target.nodeType === Node.ELEMENT_NODE ? target.closest(TICKS) : target.parentElement?.closest(TICKS)) {
                  return;
                }
                const isCount = type === 'childList' && [...addedNodes, ...removedNodes].every(node => node.matches?.(COUNTS));
                window.touched.add(isCount ? 'the counts' : place(target));
              })).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
            }""";

    private static final String TOUCHED = "[...window.touched].sort().join(', ')";

    @Test
    void aTransitionTouchesItsRowAndTheCountsAndNothingElse() {
        try (Tab tab = dashboard.tab()) {
            var page = tab.open("/services?state=Up&sort=name&q=worker"); // of none of which a result comes
            awaitAll(page);
            long id = ((Number) page.evaluate("+document.querySelectorAll('.row[data-id]')[4].dataset.id")).longValue();
            page.waitForFunction(
                    "() => [...document.querySelectorAll('.row[data-id]')].slice(0, 12).every(r => r.querySelector('svg.strip'))");
            tab.settle();
            page.evaluate(WATCH_ALL, Long.toString(id));

            dashboard.fleet().change(List.of(id), State.DOWN);
            page.waitForSelector(".row[data-id='%d'] .w-Down".formatted(id));
            page.waitForSelector(".resort");
            page.waitForFunction("() => /^\\(\\d+\\) /.test(document.title)");

            assertThat(page.evaluate(TOUCHED))
                    .as("what changed in the whole document, without the chip of the feed, in which a clock ticks")
                    .isEqualTo("its row, the counts");
            assertThat(page.locator(".resort").innerText()).contains("1 row would move");
            String row = ".row[data-id='%d'] ".formatted(id);
            String why = page.textContent(row + ".why");
            assertThat(why).isNotBlank();
            dashboard.fleet().change(List.of(id), State.UP);
            page.waitForFunction(
                    "([cell, before]) => document.querySelector(cell).textContent !== before",
                    List.of(row + ".why", why));
            assertThat(page.innerText(row + ".state")).contains("Up");
            assertThat(page.evaluate(TOUCHED)).isEqualTo("its row, the counts");
        }
    }

    @Test
    void aStormMovesNothingAndEndsAtWhatTheServerSays() {
        try (Tab tab = dashboard.tab()) {
            var page = tab.open("/services?state=Up&sort=name");
            awaitAll(page);
            page.keyboard().press("j");
            page.keyboard().press("j");
            page.keyboard().press("j");
            page.waitForFunction("() => document.activeElement.matches('.row[data-id]')");
            observeShifts(page);
            Object place = page.evaluate("document.activeElement.getBoundingClientRect().top");
            Object order = page.evaluate(ORDER);
            int storm = dashboard.extent().storm();
            for (int from = 0; from < storm; from += BATCH) {
                dashboard.fleet().change(batch(from), from / BATCH % 2 == 0 ? State.DOWN : State.UP);
            }

            awaitCounts(dashboard, page, "");
            assertThat(page.evaluate(ORDER)).isEqualTo(order);
            assertThat(page.evaluate("document.activeElement.getBoundingClientRect().top"))
                    .isEqualTo(place);
            assertThat((List<?>) page.evaluate("window.shifts")).isEmpty();
            assertThat(page.locator(".toast").count()).isZero();
            page.waitForFunction(
                    "down => document.title.startsWith(`(${down}) `)",
                    page.innerText(".count[data-state=Down] strong").replaceAll("\\D", ""));
            page.keyboard().press(".");
            page.waitForFunction("order => JSON.stringify(" + ORDER + ") !== JSON.stringify(order)", order);
            for (int from = 0; from < storm; from += 2 * BATCH) {
                dashboard.fleet().change(batch(from), State.UP);
            }
            awaitCounts(dashboard, page, "");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    /** So many services from all over the fleet, none of them twice. */
    private List<Long> batch(int from) {
        List<Long> ids = dashboard.fleet().ids();
        return IntStream.range(from, from + BATCH)
                .mapToObj(n -> ids.get(n * STRIDE % ids.size()))
                .toList();
    }
}
