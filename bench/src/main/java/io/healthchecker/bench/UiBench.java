package io.healthchecker.bench;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.healthchecker.core.verdict.State;
import io.healthchecker.testing.browser.Chromium;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard in a real Chromium, with a thousand services and with ten thousand: when rows are there, how long a key
 * takes to be seen, what transitions cost the page, how much memory it holds. Prints each figure beside its budget, and
 * how much more the larger fleet costs.
 *
 * <p>Usage: {@code hc bench ui [services] [more services]}, by default 1000 10000.
 */
public final class UiBench {
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 9;
    private static final int BATCH = 100;
    private static final int BATCHES = 30;
    private static final int STORM_BATCHES = 100;
    private static final long STORM_NANOS = 100_000_000L;
    private static final int PIXELS = 20;
    private static final String WORDS = "cart-api-3 mail pay worker 77";

    // what a frame shows is looked at before it is painted; the next frame is at most 16 ms away
    private static final String WATCH = """
            (() => {
              const marks = window.hcMarks = {};
              const look = () => {
                if (marks.row === undefined && document.querySelector('.row[data-id]')) marks.row = performance.now();
                if (marks.all === undefined && marks.row !== undefined && /\\d/.test(document.querySelector('.count[data-state=Up] strong')?.textContent ?? '')) marks.all = performance.now();
                if (marks.all === undefined) requestAnimationFrame(look);
              };
              requestAnimationFrame(look);
            })();""";

    // calls back after the paint that follows
    private static final String PAINTED = """
            window.hcPainted = (then) => requestAnimationFrame(() => {
              const channel = new MessageChannel();
              channel.port1.onmessage = then;
              channel.port2.postMessage(0);
            });""";

    private static final String LIVE = ".feed.live";

    private final ManyServices services;
    private final Chromium chromium;
    private final Figures figures = new Figures();

    /** What was measured, told at once: who ends the bench before its end has at least these. */
    private static final class Figures {
        private final Map<String, Double> byName = new LinkedHashMap<>();

        void put(String name, double value) {
            byName.put(name, value);
            System.out.printf("  %-44s %10.1f%n", name, value);
        }
    }

    private String session = "{}";

    private UiBench(ManyServices services, Chromium chromium) {
        this.services = services;
        this.chromium = chromium;
    }

    public static void main(String[] arguments) {
        int few = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int many = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        try (Chromium chromium = Chromium.start()) {
            Map<String, Double> small = measure(chromium, few);
            Map<String, Double> large = measure(chromium, many);
            System.out.printf("%-44s %10d %10d %7s  %s%n", "services", few, many, "ratio", "budget");
            for (Budget budget : BUDGETS) {
                double first = small.getOrDefault(budget.figure(), Double.NaN);
                double second = large.getOrDefault(budget.figure(), Double.NaN);
                System.out.printf(
                        "%-44s %10.1f %10.1f %7.2f  %s%n",
                        budget.figure(), first, second, second / first, budget.text());
            }
        }
        System.exit(0);
    }

    private record Budget(String figure, String text) {}

    private static final List<Budget> BUDGETS = List.of(
            new Budget("first row, ms", "600, and 1.3 times the smaller fleet"),
            new Budget("all filters usable, ms", "1000, and 1.3 times"),
            new Budget("key to paint, median, ms", "50, and 1.3 times"),
            new Budget("key to paint, p95, ms", "100, and 1.3 times"),
            new Budget("100 transitions, main thread, ms", "4"),
            new Budget("100 transitions, script alone, ms", ""),
            new Budget("storm of 10 000, tasks over 50 ms", "0"),
            new Budget("storm of 10 000, longest task, ms", "50"),
            new Budget("storm of 10 000, main thread, % of a core", ""),
            new Budget("heap after collection, MB", "60"),
            new Budget("nodes", "1500 in the document"),
            new Budget("code and styles, kB", "60 and 8 of messages"),
            new Budget("window, kB", "80 with the code"),
            new Budget("index, kB", "320"),
            new Budget("event to pixel, median, ms", ""),
            new Budget("event to pixel, p95, ms", "1000"),
            new Budget("detail header from the list, ms", "100"),
            new Budget("first chart from the list, ms", "100 and 250"),
            new Budget("90 days, server, ms", "100"),
            new Budget("90 days, server and drawing, ms", "200"));

    private static Map<String, Double> measure(Chromium chromium, int count) {
        try (ManyServices services = ManyServices.start(count, 1)) {
            services.remember(services.ids(1).getFirst(), 90);
            var bench = new UiBench(services, chromium);
            bench.signIn();
            bench.coldStarts();
            bench.keys();
            bench.transitions();
            bench.detail();
            bench.pixels();
            return bench.figures.byName;
        }
    }

    private BrowserContext context() {
        BrowserContext context = chromium.browser()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setViewportSize(1280, 900)
                        .setLocale("en-GB")
                        .setStorageState(session));
        context.addInitScript(WATCH);
        context.addInitScript(PAINTED);
        return context;
    }

    // the refresh token works once, so that the next context begins with what the last one was left with
    private void leave(BrowserContext context) {
        session = context.storageState();
        context.close();
    }

    private void signIn() {
        BrowserContext context = chromium.browser().newContext();
        Page page = context.newPage();
        page.navigate(services.origin() + "/login?next=/services");
        page.fill("input[name=email]", ManyServices.EMAIL);
        page.fill("input[name=password]", "password123");
        page.click("form button.primary");
        page.waitForURL(services.origin() + "/services");
        page.waitForSelector(LIVE);
        leave(context);
    }

    private Page open(BrowserContext context, String path) {
        Page page = context.newPage();
        page.navigate(services.origin() + path);
        page.waitForFunction("() => window.hcMarks.all !== undefined");
        page.waitForSelector(LIVE);
        return page;
    }

    private void coldStarts() {
        double[] row = new double[ROUNDS];
        double[] all = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            BrowserContext context = context();
            List<Response> responses = new ArrayList<>();
            context.onResponse(responses::add);
            Page page = open(context, "/services");
            if (i >= 0) {
                row[i] = number(page, "window.hcMarks.row");
                all[i] = number(page, "window.hcMarks.all");
            }
            if (i == 0) {
                figures.put("code and styles, kB", kilobytes(responses, "/assets/"));
                figures.put("window, kB", kilobytes(responses, "/api/v1/services?"));
                figures.put("index, kB", kilobytes(responses, "/services/index"));
            }
            leave(context);
        }
        figures.put("first row, ms", quantile(row, 0.5));
        figures.put("all filters usable, ms", quantile(all, 0.5));
    }

    private static double kilobytes(List<Response> responses, String part) {
        return responses.stream()
                        .filter(response -> response.url().contains(part))
                        .mapToLong(response -> response.request().sizes().responseBodySize)
                        .sum()
                / 1_000.0;
    }

    private void keys() {
        BrowserContext context = context();
        Page page = open(context, "/services");
        page.evaluate("""
                () => {
                  window.hcKeys = [];
                  let pressed = 0;
                  addEventListener('keydown', () => { pressed = performance.now(); }, true);
                  new MutationObserver(() => {
                    if (pressed) {
                      const since = pressed;
                      pressed = 0;
                      window.hcPainted(() => window.hcKeys.push(performance.now() - since));
                    }
                  }).observe(document.querySelector('main') ?? document.body, {subtree: true, childList: true, characterData: true, attributes: true});
                }""");
        page.click("#search");
        List<Double> millis = new ArrayList<>();
        int seen = 0;
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < WORDS.length(); i++) {
                char letter = WORDS.charAt(i);
                seen = press(page, letter == ' ' ? "Space" : String.valueOf(letter), seen, round == 0 ? null : millis);
            }
            for (int i = 0; i < WORDS.length(); i++) {
                seen = press(page, "Backspace", seen, round == 0 ? null : millis);
            }
        }
        double[] sorted = millis.stream().mapToDouble(Double::doubleValue).toArray();
        figures.put("key to paint, median, ms", quantile(sorted, 0.5));
        figures.put("key to paint, p95, ms", quantile(sorted, 0.95));
        leave(context);
    }

    /** Presses a key, and waits for what it changes; a key that changes nothing to be seen is not counted. */
    private static int press(Page page, String key, int seen, @Nullable List<Double> millis) {
        page.keyboard().press(key);
        await(100, () -> number(page, "window.hcKeys.length") > seen);
        int now = (int) number(page, "window.hcKeys.length");
        if (now > seen && millis != null) {
            millis.add(number(page, "window.hcKeys.at(-1)"));
        }
        return now;
    }

    private void transitions() {
        BrowserContext context = context();
        Page page = open(context, "/services?sort=id");
        CDPSession devtools = context.newCDPSession(page);
        devtools.send("Performance.enable");
        List<Long> ids = services.ids(BATCH);
        boolean down = true;
        for (int i = 0; i < 5; i++) {
            down = !down;
            services.change(ids, down ? State.DOWN : State.UP);
            LockSupport.parkNanos(300_000_000L);
        }
        double[] before = tasks(devtools);
        for (int i = 0; i < BATCHES; i++) {
            LockSupport.parkNanos(300_000_000L);
        }
        double[] idle = tasks(devtools);
        for (int i = 0; i < BATCHES; i++) {
            down = !down;
            services.change(ids, down ? State.DOWN : State.UP);
            LockSupport.parkNanos(300_000_000L);
        }
        double[] after = tasks(devtools);
        figures.put(
                "100 transitions, main thread, ms", ((after[0] - idle[0]) - (idle[0] - before[0])) * 1_000 / BATCHES);
        figures.put(
                "100 transitions, script alone, ms", ((after[1] - idle[1]) - (idle[1] - before[1])) * 1_000 / BATCHES);
        storm(page, devtools);
        devtools.send("HeapProfiler.collectGarbage");
        devtools.send("HeapProfiler.collectGarbage");
        figures.put("heap after collection, MB", metric(devtools, "JSHeapUsedSize") / 1e6);
        figures.put("nodes", number(page, "document.querySelectorAll('*').length"));
        leave(context);
    }

    private void storm(Page page, CDPSession devtools) {
        page.evaluate("""
                () => {
                  window.hcLong = [];
                  new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.hcLong.push(entry.duration))).observe({type: 'longtask'});
                }""");
        List<Long> all = services.ids(10_000);
        double begun = tasks(devtools)[0];
        long begin = System.nanoTime();
        for (int i = 0; i < STORM_BATCHES; i++) {
            int from = i * BATCH % all.size();
            State to = i * BATCH / all.size() % 2 == 0 ? State.DOWN : State.UP;
            services.change(all.subList(from, Math.min(from + BATCH, all.size())), to);
            LockSupport.parkNanos(begin + (i + 1) * STORM_NANOS - System.nanoTime());
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        figures.put("storm of 10 000, main thread, % of a core", (tasks(devtools)[0] - begun) * 100 / seconds);
        figures.put("storm of 10 000, tasks over 50 ms", number(page, "window.hcLong.length"));
        figures.put("storm of 10 000, longest task, ms", number(page, "Math.max(0, ...window.hcLong)"));
    }

    /** Seconds that the main thread has worked, and of these in scripts. */
    private static double[] tasks(CDPSession devtools) {
        return new double[] {metric(devtools, "TaskDuration"), metric(devtools, "ScriptDuration")};
    }

    private static double metric(CDPSession devtools, String name) {
        JsonObject answer = devtools.send("Performance.getMetrics");
        for (var metric : answer.getAsJsonArray("metrics")) {
            JsonObject named = metric.getAsJsonObject();
            if (named.get("name").getAsString().equals(name)) {
                return named.get("value").getAsDouble();
            }
        }
        throw new IllegalStateException("the browser has no metric " + name);
    }

    /** From the commit of an event to the paint of its row, by the clock that both share. */
    private void pixels() {
        BrowserContext context = context();
        Page page = open(context, "/services?sort=id");
        long id = (long) number(page, "+document.querySelectorAll('.row[data-id]')[3].dataset.id");
        page.evaluate("""
                (id) => {
                  window.hcSeen = [];
                  const row = document.querySelector(`.row[data-id="${id}"]`);
                  let waits = false;
                  new MutationObserver(() => {
                    if (!waits) {
                      waits = true;
                      window.hcPainted(() => { waits = false; window.hcSeen.push(performance.timeOrigin + performance.now()); });
                    }
                  }).observe(row, {subtree: true, childList: true, characterData: true, attributes: true});
                }""", Long.toString(id));
        double[] millis = new double[PIXELS];
        boolean down = false;
        for (int i = -3; i < PIXELS; i++) {
            page.evaluate("() => { window.hcSeen.length = 0; }");
            down = !down;
            services.change(List.of(id), down ? State.DOWN : State.UP);
            services.wake();
            double committed = System.currentTimeMillis();
            await(2_000, () -> number(page, "window.hcSeen.length") > 0);
            if (i >= 0) {
                millis[i] = number(page, "window.hcSeen[0] ?? NaN") - committed;
            }
            LockSupport.parkNanos(150_000_000L);
        }
        figures.put("event to pixel, median, ms", quantile(millis, 0.5));
        figures.put("event to pixel, p95, ms", quantile(millis, 0.95));
        leave(context);
    }

    private void detail() {
        long id = services.ids(1).getFirst();
        double[] header = new double[ROUNDS];
        double[] chart = new double[ROUNDS];
        double[] server = new double[ROUNDS];
        double[] drawn = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            BrowserContext context = context();
            Page page = open(context, "/services?sort=id");
            mark(page, "header", ".service-head h1");
            mark(page, "chart", ".chart canvas");
            page.click(".row[data-id='%d'] a".formatted(id));
            page.waitForFunction("() => window.hcAt.header !== undefined && window.hcAt.chart !== undefined");
            double first = number(page, "window.hcAt.header - window.hcAt.clicked");
            double second = number(page, "window.hcAt.chart - window.hcAt.clicked");
            page.evaluate("() => document.querySelector('.chart canvas').classList.add('hc-old')");
            mark(page, "quarter", ".chart canvas:not(.hc-old)");
            page.click(".uptimes a[href*='range=90d']");
            page.waitForFunction("() => window.hcAt.quarter !== undefined");
            if (i >= 0) {
                header[i] = first;
                chart[i] = second;
                drawn[i] = number(page, "window.hcAt.quarter - window.hcAt.clicked");
                server[i] = number(
                        page,
                        "Math.max(...performance.getEntriesByType('resource').filter(e => /series\\?/.test(e.name)).slice(-1).map(e => e.responseEnd - e.requestStart))");
            }
            leave(context);
        }
        figures.put("detail header from the list, ms", quantile(header, 0.5));
        figures.put("first chart from the list, ms", quantile(chart, 0.5));
        figures.put("90 days, server, ms", quantile(server, 0.5));
        figures.put("90 days, server and drawing, ms", quantile(drawn, 0.5));
    }

    /** Notes when something is painted that a selector finds, and when the mouse was pressed last. */
    private static void mark(Page page, String name, String selector) {
        page.evaluate("""
                ([name, selector]) => {
                  window.hcAt ??= {};
                  addEventListener('pointerdown', () => { window.hcAt.clicked = performance.now(); }, true);
                  const look = () => document.querySelector(selector)
                    ? window.hcPainted(() => { window.hcAt[name] = performance.now(); })
                    : requestAnimationFrame(look);
                  requestAnimationFrame(look);
                }""", List.of(name, selector));
    }

    private static void await(long millis, java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    private static double quantile(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)];
    }
}
