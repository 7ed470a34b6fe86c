package io.healthchecker.standalone.once;

import io.healthchecker.core.assertion.Assertions;
import io.healthchecker.core.assertion.Certificate;
import io.healthchecker.core.assertion.Facts;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.StepResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one check was made of, for a person: where its time went, what was connected to, and each assertion. */
final class Details {
    private static final int WIDTH = 40;

    private Details() {}

    private record Bar(String name, int micros) {}

    static void print(Checked checked, PrintWriter out) {
        List<StepResult> steps = checked.examined().steps();
        if (steps.isEmpty()) {
            List<Bar> bars = bars(checked.result().phases());
            new Waterfall(bars, out).print(bars);
        } else {
            steps(steps, out);
        }
        Facts facts = checked.examined().facts();
        if (facts.ip() != null) {
            out.println("  %-12s %s".formatted("address", facts.ip()));
        }
        Certificate certificate = facts.certificate();
        if (certificate != null) {
            out.println("  %-12s %s, %s to %s, by %s"
                    .formatted(
                            "certificate",
                            Output.printable(String.join(", ", certificate.names())),
                            certificate.notBefore(),
                            certificate.notAfter(),
                            Output.printable(certificate.issuer())));
        }
        rows(checked.examined().assertions(), out);
    }

    private static void rows(List<Assertions.Row> rows, PrintWriter out) {
        for (Assertions.Row row : rows) {
            out.println("  %-12s %s".formatted(row.passed() ? "true" : "NOT TRUE", Output.printable(row.explained())));
        }
    }

    /** Each step with its own phases, one behind the other, and its own assertions. */
    private static void steps(List<StepResult> steps, PrintWriter out) {
        List<Bar> all = new ArrayList<>();
        steps.forEach(step -> all.addAll(bars(step.phases())));
        Waterfall waterfall = new Waterfall(all, out);
        int number = 0;
        for (StepResult step : steps) {
            number++;
            out.println("  %-12s %s%s%s"
                    .formatted(
                            "step " + number,
                            Output.printable(step.name()),
                            step.status() == 0 ? "" : ", status " + step.status(),
                            step.failure() == null ? "" : ", FAILED: " + Output.printable(step.failure())));
            waterfall.print(bars(step.phases()));
            rows(step.assertions(), out);
        }
    }

    private static List<Bar> bars(PhaseTimes times) {
        List<Bar> bars = new ArrayList<>();
        bars.add(new Bar("dns", times.dnsMicros()));
        bars.add(new Bar("connect", times.connectMicros()));
        bars.add(new Bar("tls", times.tlsMicros()));
        bars.add(new Bar("first byte", times.firstByteMicros()));
        bars.add(new Bar("transfer", times.transferMicros()));
        bars.removeIf(bar -> bar.micros == PhaseTimes.NONE);
        return bars;
    }

    /** Bars, each of which begins where the one before ends. */
    private static final class Waterfall {
        private final long whole;
        private final PrintWriter out;
        private long before;

        Waterfall(List<Bar> all, PrintWriter out) {
            this.whole = Math.max(1, all.stream().mapToLong(Bar::micros).sum());
            this.out = out;
        }

        void print(List<Bar> bars) {
            for (Bar bar : bars) {
                int from = Math.min(WIDTH - 1, Math.toIntExact(before * WIDTH / whole));
                before += bar.micros;
                int to = Math.max(from + 1, Math.toIntExact(before * WIDTH / whole));
                out.println(String.format(
                                Locale.ROOT,
                                "  %-12s %9.1f ms  %s%s",
                                bar.name,
                                bar.micros / 1_000.0,
                                " ".repeat(from),
                                "▇".repeat(to - from))
                        .stripTrailing());
            }
        }
    }
}
