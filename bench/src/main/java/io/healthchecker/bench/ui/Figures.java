package io.healthchecker.bench.ui;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was measured with one fleet, told at once: who ends the bench before its end has at least these. */
public final class Figures {
    private final Map<Figure, Double> values = new EnumMap<>(Figure.class);

    void put(Figure figure, double value) {
        values.put(figure, value);
        System.out.printf("  %-44s %10.1f  %s%n", figure.text(), value, figure.judge(value));
    }

    /** NaN where it was not measured. */
    public double get(Figure figure) {
        return values.getOrDefault(figure, Double.NaN);
    }

    /** Those that are far outside of their budgets. */
    public List<Figure> farOutside() {
        return values.keySet().stream()
                .filter(figure -> figure.isFarOutside(get(figure)))
                .toList();
    }
}
