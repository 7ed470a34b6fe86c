package io.healthchecker.core.verdict;

import io.healthchecker.crds.Definition;

/** How many results in a row change a verdict, 1 to 10 each. */
public record Thresholds(int failures, int successes) {
    /** What holds where a definition says nothing. */
    public static final Thresholds DEFAULT = new Thresholds(2, 1);

    public Thresholds {
        check("failures", failures);
        check("successes", successes);
    }

    /** The thresholds of a definition; what a service says of itself, or does not say in time, counts at once. */
    public static Thresholds of(Definition definition) {
        if (definition.heartbeat() != null) {
            return new Thresholds(1, 1);
        }
        Integer failures = definition.failureThreshold();
        Integer successes = definition.successThreshold();
        return new Thresholds(
                failures == null ? DEFAULT.failures : failures, successes == null ? DEFAULT.successes : successes);
    }

    private static void check(String name, int value) {
        if (value < 1 || value > 10) {
            throw new IllegalArgumentException("%s is %d; it must be 1 to 10".formatted(name, value));
        }
    }
}
