package io.healthchecker.bench.ui;

import org.jspecify.annotations.Nullable;

/** How long a key in the search takes until what it finds is painted. */
final class Keys {
    private static final String WORDS = "cart-api-3 mail pay worker 77";
    private static final int ROUNDS = 3; // of which the first warms up
    private static final double UNSEEN_MILLIS = 100; // a key that changes nothing to be seen is not counted

    private static final String LISTEN = """
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
            }""";

    private Keys() {}

    static void measure(Dashboard dashboard, Figures figures) {
        var millis = new Sample();
        try (Visit visit = dashboard.visit().list("")) {
            visit.run(LISTEN, null);
            visit.page().click("#search");
            for (int round = 0; round < ROUNDS; round++) {
                Sample counted = round == 0 ? null : millis;
                WORDS.chars()
                        .mapToObj(letter -> letter == ' ' ? "Space" : Character.toString(letter))
                        .forEach(key -> press(visit, key, counted));
                WORDS.chars().forEach(_ -> press(visit, "Backspace", counted));
            }
        }
        figures.put(Figure.KEY_MEDIAN, millis.median());
        figures.put(Figure.KEY_P95, millis.quantile(0.95));
    }

    private static void press(Visit visit, String key, @Nullable Sample millis) {
        int seen = (int) visit.number("window.hcKeys.length");
        visit.page().keyboard().press(key);
        if (visit.await("window.hcKeys.length > " + seen, UNSEEN_MILLIS) && millis != null) {
            millis.add(visit.number("window.hcKeys.at(-1)"));
        }
    }
}
