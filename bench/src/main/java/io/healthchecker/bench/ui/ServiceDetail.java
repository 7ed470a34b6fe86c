package io.healthchecker.bench.ui;

import java.util.List;

/** From a click in the list to a service's header and chart, and from there to a quarter of a year. */
final class ServiceDetail {
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 9;

    private static final String LAST_SERIES =
            "Math.max(...performance.getEntriesByType('resource').filter(e => /series\\?/.test(e.name)).slice(-1).map(e => e.responseEnd - e.requestStart))";

    // notes when something is painted that a selector finds, and when the mouse was pressed last
    private static final String MARK = """
            ([name, selector]) => {
              window.hcAt ??= {};
              addEventListener('pointerdown', () => { window.hcAt.clicked = performance.now(); }, true);
              const look = () => document.querySelector(selector)
                ? window.hcPainted(() => { window.hcAt[name] = performance.now(); })
                : requestAnimationFrame(look);
              requestAnimationFrame(look);
            }""";

    private ServiceDetail() {}

    static void measure(Dashboard dashboard, Figures figures) {
        long id = dashboard.services().ids(1).getFirst();
        var header = new Sample();
        var chart = new Sample();
        var server = new Sample();
        var drawn = new Sample();
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            try (Visit visit = dashboard.visit().list("?sort=id")) {
                open(visit, id);
                double first = visit.number("window.hcAt.header - window.hcAt.clicked");
                double second = visit.number("window.hcAt.chart - window.hcAt.clicked");
                lookBack(visit);
                if (i >= 0) {
                    header.add(first);
                    chart.add(second);
                    drawn.add(visit.number("window.hcAt.quarter - window.hcAt.clicked"));
                    server.add(visit.number(LAST_SERIES));
                }
            }
        }
        figures.put(Figure.DETAIL_HEADER, header.median());
        figures.put(Figure.FIRST_CHART, chart.median());
        figures.put(Figure.QUARTER_SERVER, server.median());
        figures.put(Figure.QUARTER_DRAWN, drawn.median());
    }

    private static void open(Visit visit, long id) {
        mark(visit, "header", ".service-head h1");
        mark(visit, "chart", ".chart canvas");
        visit.page().click(".row[data-id='%d'] a".formatted(id));
        visit.page().waitForFunction("() => window.hcAt.header !== undefined && window.hcAt.chart !== undefined");
    }

    private static void lookBack(Visit visit) {
        visit.run("() => document.querySelector('.chart canvas').classList.add('hc-old')", null);
        mark(visit, "quarter", ".chart canvas:not(.hc-old)");
        visit.page().click(".uptimes a[href*='range=90d']");
        visit.page().waitForFunction("() => window.hcAt.quarter !== undefined");
    }

    private static void mark(Visit visit, String name, String selector) {
        visit.run(MARK, List.of(name, selector));
    }
}
