package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.ColorScheme;
import io.healthchecker.core.verdict.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The list of services, at ten thousand of them. */
abstract class ListLines {
    private static final int BATCH = 100;
    private static final int STRIDE = 7; // has no divisor in common with the size of a fleet

    private static final String LATER =
            "seconds => { window.realNow ??= Date.now; Date.now = () => window.realNow() + seconds * 1000; }";

    private final Dashboard dashboard;

    ListLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    private static void awaitAll(Page page) {
        page.waitForSelector(".row[data-id]");
        page.waitForFunction(
                "() => /\\d/.test(document.querySelector('.count[data-state=Up] strong')?.textContent ?? '')");
        page.waitForSelector(".feed.live");
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

    @Test
    void aTransitionTouchesOneRowAndTheCounts() {
        try (Tab tab = dashboard.tab()) {
            var page = tab.open("/services?state=Up&sort=name&q=worker"); // of none of which a result comes
            awaitAll(page);
            long id = ((Number) page.evaluate("+document.querySelectorAll('.row[data-id]')[4].dataset.id")).longValue();
            page.waitForFunction(
                    "() => [...document.querySelectorAll('.row[data-id]')].slice(0, 12).every(r => r.querySelector('svg.strip'))");
            page.evaluate("""
                    () => {
                      window.touched = new Set();
                      new MutationObserver(list => list.forEach(m => {
                        const at = m.target.nodeType === 1 ? m.target : m.target.parentElement;
                        window.touched.add(at?.closest('.row[data-id]')?.dataset.id ?? at?.closest('.counts, .bar, [role=status]')?.className ?? at?.className ?? 'text');
                      })).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
                    }""");

            dashboard.fleet().change(List.of(id), State.DOWN);
            page.waitForSelector(".row[data-id='%d'] .w-Down".formatted(id));

            @SuppressWarnings("unchecked")
            var touched = (List<String>) page.evaluate("[...window.touched].filter(t => /^\\d+$/.test(t))");
            assertThat(touched).containsExactly(Long.toString(id));
            assertThat(page.locator(".resort").innerText()).contains("1 row would move");
            String row = ".row[data-id='%d'] ".formatted(id);
            String why = page.textContent(row + ".why");
            assertThat(why).isNotBlank();
            dashboard.fleet().change(List.of(id), State.UP);
            page.waitForFunction(
                    "([cell, before]) => document.querySelector(cell).textContent !== before",
                    List.of(row + ".why", why));
            assertThat(page.innerText(row + ".state")).contains("Up");
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

            awaitCounts(page);
            assertThat(page.evaluate(ORDER)).isEqualTo(order);
            assertThat(page.evaluate("document.activeElement.getBoundingClientRect().top"))
                    .isEqualTo(place);
            assertThat((List<?>) page.evaluate("window.shifts")).isEmpty();
            assertThat(page.locator(".toast").count()).isZero();
            assertThat(page.title())
                    .startsWith("(%s) "
                            .formatted(page.innerText(".count[data-state=Down] strong")
                                    .replaceAll("\\D", "")));
            page.keyboard().press(".");
            page.waitForFunction("order => JSON.stringify(" + ORDER + ") !== JSON.stringify(order)", order);
            for (int from = 0; from < storm; from += 2 * BATCH) {
                dashboard.fleet().change(batch(from), State.UP);
            }
            awaitCounts(page);
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

    private static final String ORDER =
            "[...document.querySelectorAll('.row[data-id]')].sort((a, b) => a.getAttribute('aria-rowindex') - b.getAttribute('aria-rowindex')).map(r => r.dataset.id)";

    /** Waits until the counts above the list are those of the server. */
    private void awaitCounts(Page page) {
        awaitCounts(page, "");
    }

    private void awaitCounts(Page page, String filter) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode states = dashboard
                    .api()
                    .get("/api/v1/services/facets?" + filter)
                    .body()
                    .path("state");
            for (String state : List.of("Down", "Degraded", "Unknown", "Up", "Suspended")) {
                String shown = page.innerText(".count[data-state=" + state + "] strong")
                        .replaceAll("\\D", "");
                assertThat(Long.parseLong(shown))
                        .as(state)
                        .isEqualTo(states.path(state).asLong(0));
            }
        });
    }

    @Test
    void aFilterMeansTheSameHereAndAtTheServer() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Tab tab = dashboard.tab()) {
            var page = tab.open("/services");
            awaitAll(page);
            for (int i = 0; i < dashboard.extent().filters(); i++) {
                String query = filter(random);
                @SuppressWarnings("unchecked")
                var here = (List<Number>) page.evaluate("""
                        async query => {
                          const base = document.querySelector('script[type=module]').src.replace('main.js', '');
                          const [{ parse }, { arrange }, { fleet }] = await Promise.all(['filter.js', 'arrange.js', 'live.js'].map(m => import(base + m)));
                          return [...arrange(fleet.value, parse('?' + query)).order].slice(0, 200).map(row => fleet.value.id[row]);
                        }""", query);
                List<Long> there = new ArrayList<>();
                dashboard
                        .api()
                        .get("/api/v1/services?limit=200&"
                                + query.replace("\"", "%22").replace(" ", "%20"))
                        .body()
                        .path("items")
                        .forEach(item -> there.add(item.path("id").asLong()));
                assertThat(here.stream().map(Number::longValue).toList())
                        .as("seed %d: %s", seed, query)
                        .isEqualTo(there);
            }
        }
    }

    private static String filter(Random random) {
        List<String> parts = new ArrayList<>();
        parts.add("sort=" + pick(random, "name", "-name", "id"));
        if (random.nextBoolean()) {
            parts.add(
                    "state=" + pick(random, "Down", "Degraded", "Down,Unknown", "-Up", "Up", "-Down,-Up", "nonsense"));
        }
        if (random.nextBoolean()) {
            parts.add("label="
                    + pick(
                            random,
                            "tier:1",
                            "tier:1,tier:2",
                            "-env:dev",
                            "tier:3,-env:dev",
                            "app",
                            "-app:cart",
                            "none"));
        }
        if (random.nextInt(3) == 0) {
            parts.add("label=" + pick(random, "env:prod", "-tier:2", "app:login,app:cdn"));
        }
        if (random.nextBoolean()) {
            parts.add("q=" + pick(random, "cart", "CART api", "-web", "\"api-1\"", "cdn -7", "zzz"));
        }
        if (random.nextInt(4) == 0) {
            parts.add("probe=" + pick(random, "http", "-http", "tcp"));
        }
        if (random.nextInt(4) == 0) {
            parts.add("source=" + pick(random, "rest", "-rest", "file,rest"));
        }
        return String.join("&", parts);
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @Test
    void anAddressShowsTheSameToAnybody() {
        String address = "/services?q=cart&label=tier:1,-env:dev&sort=-name&state=Up&colour=red&probe=pigeon";
        try (Tab tab = dashboard.tab()) {
            var page = tab.open(address);
            awaitAll(page);
            List<?> rows = (List<?>) page.evaluate(ORDER);
            assertThat(rows).isNotEmpty();
            assertThat(page.locator(".chip.ignored").allInnerTexts())
                    .anyMatch(text -> text.contains("colour=red"))
                    .noneMatch(text -> text.contains("tier"));
            page.evaluate(
                    "localStorage.setItem('hc.ui.v1', JSON.stringify({filter: 'state=Down', collapsed: ['namespace/']}))");
            page.reload();
            awaitAll(page);
            assertThat(page.evaluate(ORDER)).isEqualTo(rows);

            page.click(".count[data-state=Up]");
            page.waitForURL(url -> !url.contains("state=Up"));
            page.goBack();
            page.waitForURL(url -> url.contains("state=Up"));
            assertThat(page.getAttribute(".count[data-state=Up]", "aria-pressed"))
                    .isEqualTo("true");
            assertThat(page.evaluate(ORDER)).isEqualTo(rows);
        }
    }

    @Test
    void whatPassedWhileTheFeedWasCutIsCaughtUp() {
        try (Tab tab = dashboard.tab()) {
            var cut = new boolean[1];
            var sockets = new ArrayList<WebSocketRoute>();
            tab.page().routeWebSocket(url -> url.contains("/services/ws"), socket -> {
                if (cut[0]) {
                    socket.close();
                } else {
                    sockets.add(socket);
                    socket.connectToServer();
                }
            });
            var page = tab.open("/services?sort=name");
            awaitAll(page);
            long indexes = indexes(tab);

            cut[0] = true;
            sockets.getFirst().close();
            page.waitForSelector(".feed.lost");
            assertThat(page.innerText(".feed.lost")).contains("Live updates stopped at");
            assertThat(page.isEnabled(".count[data-state=Up]")).isTrue();
            page.evaluate(LATER, 11);
            page.waitForSelector(".listing.stale .old");
            page.evaluate(LATER, 0);
            dashboard.fleet().change(dashboard.fleet().ids().subList(0, 50), State.DOWN);
            cut[0] = false;
            page.waitForSelector(".feed.live");

            awaitCounts(page);
            assertThat(indexes(tab)).isEqualTo(indexes);
            dashboard.fleet().change(dashboard.fleet().ids().subList(0, 50), State.UP);
            awaitCounts(page);
        }
    }

    @Test
    void aGapIsFilledByOneIndexAndSilenceIsSaid() {
        try (Tab tab = dashboard.tab()) {
            var silent = new boolean[1];
            var sockets = new ArrayList<WebSocketRoute>();
            tab.page().routeWebSocket(url -> url.contains("/services/ws"), socket -> {
                sockets.add(socket);
                socket.connectToServer().onMessage(message -> {
                    if (!silent[0]) {
                        socket.send(message.text());
                    }
                });
            });
            var page = tab.open("/services?sort=name");
            awaitAll(page);
            tab.settle();
            long indexes = indexes(tab);
            sockets.getFirst().send("{\"type\": \"gap\"}");
            page.waitForFunction("() => window.calls > 0");
            tab.settle();
            assertThat(indexes(tab)).isEqualTo(indexes + 1);
            awaitCounts(page);

            silent[0] = true;
            page.evaluate(LATER, 31);
            page.waitForSelector(".feed.lost");
            assertThat(page.innerText(".feed.lost")).contains("Nothing heard since");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void whereDataIsSavedTheServerFiltersSortsAndCounts() {
        try (Tab tab = dashboard.tab()) {
            tab.page()
                    .addInitScript(
                            "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) });");
            var page = tab.open("/services?label=tier:1"); // many turned in the same millisecond
            awaitAll(page);
            awaitCounts(page, "label=tier:1");
            assertThat(firstRows(page)).isEqualTo(rowsOfTheServer("label=tier:1"));
            page.click(".count[data-state=Up]");
            page.waitForURL(url -> url.contains("state=Up"));
            await().untilAsserted(() -> {
                assertThat(firstRows(page)).isEqualTo(rowsOfTheServer("label=tier:1&state=Up"));
            });
            awaitCounts(page, "label=tier:1&state=Up");
            page.click(".chip.add");
            page.waitForSelector(".facets fieldset");
            long dev = dashboard
                    .api()
                    .get("/api/v1/services/facets?label=tier:1&state=Up")
                    .body()
                    .at("/label/env/dev")
                    .asLong();
            page.waitForSelector(".facets button:has-text('env:dev'):has-text('%,d')".formatted(dev));
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
                .get("/api/v1/services?sort=severity&limit=12&" + filter)
                .body()
                .path("items")
                .forEach(item -> rows.add(item.path("id").asLong()));
        return rows;
    }

    private static long indexes(Tab tab) {
        return tab.requests().stream()
                .filter(request -> request.url().contains("/services/index"))
                .count();
    }
}
