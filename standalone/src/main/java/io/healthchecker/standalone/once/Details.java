package io.healthchecker.standalone.once;

import io.healthchecker.core.assertion.Assertions;
import io.healthchecker.core.assertion.Certificate;
import io.healthchecker.core.assertion.Facts;
import io.healthchecker.core.check.PhaseTimes;
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
        waterfall(checked.result().phases(), out);
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
        for (Assertions.Row row : checked.examined().assertions()) {
            out.println("  %-12s %s".formatted(row.passed() ? "true" : "NOT TRUE", Output.printable(row.explained())));
        }
    }

    private static void waterfall(PhaseTimes times, PrintWriter out) {
        List<Bar> bars = new ArrayList<>();
        bars.add(new Bar("dns", times.dnsMicros()));
        bars.add(new Bar("connect", times.connectMicros()));
        bars.add(new Bar("tls", times.tlsMicros()));
        bars.add(new Bar("first byte", times.firstByteMicros()));
        bars.add(new Bar("transfer", times.transferMicros()));
        bars.removeIf(bar -> bar.micros == PhaseTimes.NONE);
        long whole = Math.max(1, bars.stream().mapToLong(Bar::micros).sum());
        long before = 0;
        for (Bar bar : bars) {
            int from = Math.toIntExact(before * WIDTH / whole);
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
