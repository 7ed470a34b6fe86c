package io.healthchecker.bench.ui;

import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ten thousand transitions within ten seconds: whether the page ever stops, and what it holds afterwards. */
final class Storm {
    private static final int BATCH = 100;
    private static final int BATCHES = 100;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final String LISTEN = """
            () => {
              window.hcLong = [];
              new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.hcLong.push(entry.duration))).observe({type: 'longtask'});
            }""";

    private Storm() {}

    static void measure(Dashboard dashboard, Figures figures) {
        try (Visit visit = dashboard.visit().list("?sort=id")) {
            MainThread thread = visit.mainThread();
            visit.run(LISTEN, null);
            double before = thread.work().seconds();
            double seconds = rage(dashboard, dashboard.services().ids(BATCH * BATCHES));
            figures.put(Figure.STORM_SHARE, (thread.work().seconds() - before) * 100 / seconds);
            figures.put(Figure.STORM_LONG_TASKS, visit.number("window.hcLong.length"));
            figures.put(Figure.STORM_LONGEST_TASK, visit.number("Math.max(0, ...window.hcLong)"));
            figures.put(Figure.HEAP, thread.holding().heapBytes() / 1e6);
            figures.put(Figure.NODES, visit.number("document.querySelectorAll('*').length"));
        }
    }

    /** Returns how many seconds it took. */
    private static double rage(Dashboard dashboard, List<Long> ids) {
        long begin = Ticker.system().nanoTime();
        State state = State.DOWN;
        for (int i = 0; i < BATCHES; i++) {
            int from = i * BATCH % ids.size();
            if (i > 0 && from == 0) {
                state = Part.other(state);
            }
            dashboard.services().change(ids.subList(from, Math.min(from + BATCH, ids.size())), state);
            Pause.untilNanos(begin + (i + 1) * PERIOD_NANOS);
        }
        return (Ticker.system().nanoTime() - begin) / 1e9;
    }
}
