package io.healthchecker.bench.probe;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One kind of check, made by one after the other at each pace. */
public final class Round {
    private static final List<Integer> PACES = List.of(0, 500, 100);
    private static final double SETTLE_SECONDS = 1;

    private final Arena arena;
    private final Kind kind;
    private final double seconds;
    private final Map<Contender, Double> saturated = new EnumMap<>(Contender.class);

    /** @param seconds for which each is measured at each pace */
    public Round(Arena arena, Kind kind, double seconds) {
        this.arena = arena;
        this.kind = kind;
        this.seconds = seconds;
    }

    public static String heading() {
        return "%-6s %-24s %24s %14s %14s".formatted("", "CPU µs a check", "saturated", "at 500/s", "at 100/s");
    }

    /** Prints a line for each of them, and what the worker costs beside the others. */
    public void run(List<Contender> contenders) throws InterruptedException {
        for (Contender contender : contenders) {
            if (contender.makes(kind)) {
                try (Client client = arena.enter(contender, kind)) {
                    if (client != null) {
                        line(contender, client);
                    }
                }
            }
        }
        for (Contender other : saturated.keySet()) {
            ratio(other);
        }
    }

    private void line(Contender contender, Client client) throws InterruptedException {
        StringBuilder line = new StringBuilder("%-6s %-24s".formatted(kind, contender.title()));
        long failed = 0;
        if (contender == Contender.WORKER) {
            Measurement.warmUp(client);
        }
        for (int pace : PACES) {
            Measurement measured = Measurement.of(client, pace, SETTLE_SECONDS, seconds);
            failed += measured.failed();
            if (pace == 0) {
                saturated.put(contender, measured.micros());
                line.append(" %9.1f (%,9.0f /s)".formatted(measured.micros(), measured.perSecond()));
            } else {
                line.append(" %14.1f".formatted(measured.micros()));
            }
        }
        System.out.println(failed == 0 ? line : line.append("  ").append(failed).append(" failed"));
    }

    private void ratio(Contender other) {
        Double ours = saturated.get(Contender.WORKER);
        Double theirs = saturated.get(other);
        if (other == Contender.WORKER || ours == null || theirs == null) {
            return;
        }
        String budget = Budget.of(kind, other)
                .map(each -> "; the budget is %.3f".formatted(each.share()))
                .findFirst()
                .orElse("");
        System.out.printf("%-6s   %.3f of %s%s%n", kind, ours / theirs, other.title(), budget);
    }
}
