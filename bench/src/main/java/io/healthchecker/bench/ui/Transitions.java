package io.healthchecker.bench.ui;

import io.healthchecker.core.verdict.State;
import java.util.List;

/** What a hundred services that change at once cost the page's main thread, beyond what it does anyway. */
final class Transitions {
    private static final int SERVICES = 100;
    private static final int ROUNDS = 30;
    private static final int WARM_UP = 5;
    private static final long PERIOD_MILLIS = 300;

    private Transitions() {}

    static void measure(Dashboard dashboard, Figures figures) {
        List<Long> ids = dashboard.services().ids(SERVICES);
        try (Visit visit = dashboard.visit().list("?sort=id")) {
            MainThread thread = visit.mainThread();
            change(dashboard, ids, WARM_UP + 1);
            MainThread.Work begin = thread.work();
            Pause.ofMillis(ROUNDS * PERIOD_MILLIS);
            MainThread.Work idle = thread.work();
            change(dashboard, ids, ROUNDS);
            MainThread.Work busy = thread.work().since(idle);
            MainThread.Work more = busy.since(idle.since(begin));
            figures.put(Figure.TRANSITIONS, more.seconds() * 1_000 / ROUNDS);
            figures.put(Figure.TRANSITIONS_SCRIPT, more.scriptSeconds() * 1_000 / ROUNDS);
            figures.put(Figure.TRANSITIONS_LAYOUT, more.layoutSeconds() * 1_000 / ROUNDS);
        }
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
