package io.healthchecker.api.history;

import io.healthchecker.api.problem.ProblemException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A time up to now that is often asked for. */
public enum TimeSpan {
    HOUR("1h", 1),
    DAY("24h", 24),
    WEEK("7d", 7 * 24),
    MONTH("30d", 30 * 24),
    QUARTER("90d", 90 * 24);

    private final String word;
    private final long hours;

    TimeSpan(String word, long hours) {
        this.word = word;
        this.hours = hours;
    }

    /** As it is written. */
    public String word() {
        return word;
    }

    public long millis() {
        return hours * 3_600_000;
    }

    /** @throws ProblemException if there is none of that word */
    public static TimeSpan of(String word) {
        return Arrays.stream(values())
                .filter(span -> span.word.equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.badParameter(
                        "range",
                        "range is \"%s\"; it must be %s"
                                .formatted(
                                        word.length() > 40 ? word.substring(0, 40) + "…" : word,
                                        Arrays.stream(values())
                                                .map(TimeSpan::word)
                                                .collect(Collectors.joining(", ")))));
    }
}
