package io.healthchecker.bench.ui;

import io.healthchecker.core.verdict.State;
import java.util.List;
import java.util.stream.IntStream;

/** What a hundred services that change at once cost the page's main thread, beyond what it does anyway. */
final class Transitions {
    private static final int SERVICES = 100;
    private static final int ROUNDS = 30;
    private static final int WARM_UP = 5;
    private static final long PERIOD_MILLIS = 300;

    private Transitions() {}

    static void measure(Dashboard dashboard, Figures figures) {
        List<Long> ids = dashboard.services().ids(Integer.MAX_VALUE);
        try (Visit visit = dashboard.visit().list("?sort=id")) {
            MainThread thread = visit.mainThread();
            MainThread.Work seen = change(dashboard, thread, ids.subList(0, SERVICES));
            figures.put(Figure.TRANSITIONS, millis(seen.seconds()));
            figures.put(Figure.TRANSITIONS_SCRIPT, millis(seen.scriptSeconds()));
            figures.put(Figure.TRANSITIONS_LAYOUT, millis(seen.layoutSeconds()));
            int stride = ids.size() / SERVICES;
            List<Long> spread = IntStream.range(0, SERVICES)
                    .mapToObj(i -> ids.get(i * stride))
                    .toList();
            figures.put(
                    Figure.TRANSITIONS_SPREAD,
                    millis(change(dashboard, thread, spread).seconds()));
            MainThread.Work unseen = change(dashboard, thread, ids.subList(ids.size() - SERVICES, ids.size()));
            figures.put(Figure.TRANSITIONS_UNSEEN, millis(unseen.seconds()));
        }
    }

    private static double millis(double seconds) {
        return seconds * 1_000 / ROUNDS;
    }

    /** What the rounds cost beyond what as long a silence does. */
    private static MainThread.Work change(Dashboard dashboard, MainThread thread, List<Long> ids) {
        change(dashboard, ids, WARM_UP + 1);
        MainThread.Work begin = thread.work();
        Pause.ofMillis(ROUNDS * PERIOD_MILLIS);
        MainThread.Work idle = thread.work();
        change(dashboard, ids, ROUNDS);
        return thread.work().since(idle).since(idle.since(begin));
    }

    private static void change(Dashboard dashboard, List<Long> ids, int times) {
        State state = State.UP;
        for (int i = 0; i < times; i++) {
            state = Part.other(state);
            dashboard.services().change(ids, state);
            Pause.ofMillis(PERIOD_MILLIS);
        }
    }
}
