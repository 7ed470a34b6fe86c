package io.healthchecker.bench.ui;

import java.util.ArrayList;
import java.util.List;

/** Values of one thing that was measured several times. */
final class Sample {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        return quantile(0.5);
    }

    /** The smallest value that at least a part of all do not exceed; NaN where there is none. */
    double quantile(double part) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(sorted.size() * part) - 1));
    }
}
