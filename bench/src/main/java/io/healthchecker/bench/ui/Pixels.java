package io.healthchecker.bench.ui;

import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import java.util.List;

/** From the commit of an event to the paint of its row, by the clock that both share. */
final class Pixels {
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 20;
    private static final double PATIENCE_MILLIS = 5_000;
    private static final long PERIOD_MILLIS = 150;

    private static final String LISTEN = """
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
            }""";

    private Pixels() {}

    static void measure(Dashboard dashboard, Figures figures) {
        var millis = new Sample();
        long id = dashboard.services().ids(4).getLast();
        State state = State.UP;
        dashboard.services().change(List.of(id), state);
        try (Visit visit = dashboard.visit().list("?sort=id")) {
            visit.run(LISTEN, Long.toString(id));
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                state = Part.other(state);
                double latency = change(dashboard, visit, id, state);
                if (i >= 0) {
                    millis.add(latency);
                }
                Pause.ofMillis(PERIOD_MILLIS);
            }
        }
        figures.put(Figure.PIXEL_MEDIAN, millis.median());
        figures.put(Figure.PIXEL_P95, millis.quantile(0.95));
    }

    private static double change(Dashboard dashboard, Visit visit, long id, State to) {
        visit.run("() => { window.hcSeen.length = 0; }", null);
        dashboard.services().change(List.of(id), to);
        dashboard.services().wake();
        double committed = (double) Ticker.system().epochMillis();
        if (!visit.await("window.hcSeen.length > 0", PATIENCE_MILLIS)) {
            throw new IllegalStateException("service %d went %s, and its row says so for %.0f ms not: %s"
                    .formatted(id, to, PATIENCE_MILLIS, visit.page().textContent(".row[data-id='%d']".formatted(id))));
        }
        return visit.number("window.hcSeen[0]") - committed;
    }
}
