package io.healthchecker.bench;

import io.healthchecker.bench.probe.Arena;
import io.healthchecker.bench.probe.Contender;
import io.healthchecker.bench.probe.Kind;
import io.healthchecker.bench.probe.Round;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a check costs, CPU µs of user and system, beside bare clients in C and Rust and blackbox_exporter: each alone on
 * one core, against servers on the other, saturated and at 500 and 100 checks a second.
 *
 * <p>Usage: {@code ProbeBench [kinds, such as http,https] [seconds] [contenders, such as worker,rust]}, by default all and
 * 5 and all.
 */
public final class ProbeBench {
    private ProbeBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        List<Kind> kinds = arguments.length > 0 ? named(Kind.class, arguments[0]) : List.of(Kind.values());
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 5;
        List<Contender> contenders =
                arguments.length > 2 ? named(Contender.class, arguments[2]) : List.of(Contender.values());
        try (Arena arena = Arena.open()) {
            System.out.println(Round.heading());
            for (Kind kind : kinds) {
                new Round(arena, kind, seconds).run(contenders);
            }
        }
        System.exit(0);
    }

    private static <E extends Enum<E>> List<E> named(Class<E> all, String words) {
        return Arrays.stream(words.split(",", -1))
                .map(word -> Enum.valueOf(all, word.toUpperCase(Locale.ROOT)))
                .toList();
    }
}
