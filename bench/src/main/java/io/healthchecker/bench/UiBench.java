package io.healthchecker.bench;

import io.healthchecker.bench.ui.Dashboard;
import io.healthchecker.bench.ui.Figure;
import io.healthchecker.bench.ui.Figures;
import io.healthchecker.bench.ui.Part;
import io.healthchecker.testing.browser.Chromium;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dashboard in a real Chromium, with a thousand services and with ten thousand: when rows are there, how long a key
 * takes to be seen, what transitions cost the page, how much memory it holds, also after a day on a wall. Prints each
 * figure beside its budget, and how much more the larger fleet costs; fails where a figure is three times its budget.
 *
 * <p>Usage: {@code hc bench ui [services] [more services] [part,part ...]}, by default 1000 10000 and all parts;
 * with 0 instead of the first, the larger fleet alone.
 */
public final class UiBench {
    private static final int LONGEST_MINUTES = 15;
    private static final int DAYS = 90;

    private UiBench() {}

    public static void main(String[] arguments) {
        int few = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int many = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        Set<Part> parts = arguments.length > 2 ? parts(arguments[2]) : EnumSet.allOf(Part.class);
        endAfter(LONGEST_MINUTES);
        Figures large;
        try (Chromium chromium = Chromium.start()) {
            Figures small = few == 0 ? new Figures() : measure(chromium, few, parts);
            large = measure(chromium, many, parts);
            System.out.printf("%-44s %10d %10d %7s%n", "services", few, many, "ratio");
            for (Figure figure : Figure.values()) {
                compare(figure, small.get(figure), large.get(figure));
            }
        }
        large.farOutside().forEach(figure -> System.out.println("far outside of its budget: " + figure.text()));
        System.exit(large.farOutside().isEmpty() ? 0 : 1);
    }

    private static Set<Part> parts(String names) {
        return Stream.of(names.split(","))
                .map(name -> Part.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }

    private static void endAfter(int minutes) {
        Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("limit").factory())
                .schedule(
                        () -> {
                            System.out.printf("not done after %d minutes%n", minutes);
                            Runtime.getRuntime().halt(2);
                        },
                        minutes,
                        TimeUnit.MINUTES);
    }

    private static Figures measure(Chromium chromium, int count, Set<Part> parts) {
        System.out.printf("%d services%n", count);
        var figures = new Figures();
        try (ManyServices services = ManyServices.start(count, 1)) {
            services.remember(services.ids(1).getFirst(), DAYS);
            Dashboard dashboard = Dashboard.of(services, chromium);
            parts.forEach(part -> part.measure(dashboard, figures));
        }
        return figures;
    }

    private static void compare(Figure figure, double few, double many) {
        if (!Double.isNaN(many)) {
            System.out.printf(
                    "%-44s %10.1f %10.1f %7.2f  %s%s%n",
                    figure.text(), few, many, many / few, figure.judge(many), figure.judgeGrowth(many / few));
        }
    }
}
