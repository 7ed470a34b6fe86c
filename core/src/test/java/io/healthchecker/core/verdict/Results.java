package io.healthchecker.core.verdict;

import io.healthchecker.core.check.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Outcomes written in letters: U is UP, G DEGRADED, D DOWN, ? UNKNOWN. */
final class Results {
    private Results() {}

    static List<Outcome> of(String letters) {
        return Arrays.stream(letters.trim().split(" "))
                .map(letter -> switch (letter) {
                    case "U" -> Outcome.UP;
                    case "G" -> Outcome.DEGRADED;
                    case "D" -> Outcome.DOWN;
                    case "?" -> Outcome.UNKNOWN;
                    default -> throw new IllegalArgumentException(letter + " is no result");
                })
                .toList();
    }

    static List<Outcome> random(RandomGenerator random, int count) {
        return Stream.generate(() -> Outcome.of(1 + random.nextInt(4)))
                .limit(count)
                .toList();
    }
}
