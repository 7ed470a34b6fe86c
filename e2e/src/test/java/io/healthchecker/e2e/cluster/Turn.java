package io.healthchecker.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.testing.Invariants;
import java.time.Duration;
import java.util.List;

/** Some time during which something happens to an installation, and what became of the slots in it. */
final class Turn {
    /** The audit of the schedule finds what is missing after half a minute, and looks once a minute. */
    private static final Duration AUDITED = Duration.ofMinutes(3);

    private static final String NOW = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    private static final String CHECKS = "SELECT count(*) FROM check_result WHERE slot >= ? AND slot < ?";
    private static final String NOT_CHECKED = CHECKS + " AND outcome = %d".formatted(Outcome.UNKNOWN.code());
    private static final String GAPS = """
            SELECT reason || ' ' || sum(slots) FROM gap WHERE to_slot >= ? AND from_slot < ? GROUP BY reason
            """;
    private static final String LATENESS = """
            SELECT format('median %s ms, p99 %s ms, at most %s ms',
                          percentile_disc(0.5) WITHIN GROUP (ORDER BY lateness_ms),
                          percentile_disc(0.99) WITHIN GROUP (ORDER BY lateness_ms), max(lateness_ms))
              FROM check_result WHERE slot >= ? AND slot < ?
            """;

    private final Invariants data;
    private final long from;
    private long to;

    /** Begins. */
    Turn(Invariants data) {
        this.data = data;
        this.from = data.number(NOW);
    }

    /** Ends; returns when every slot in it is a result or inside a recorded gap, and nothing is there twice. */
    void end() {
        to = data.number(NOW);
        await("what became of every slot").atMost(AUDITED).until(() -> data.holes(from, to), List::isEmpty);
        assertThat(data.duplicates()).isEmpty();
        assertThat(data.brokenTransitions()).isEmpty();
        assertThat(data.brokenEvents()).isEmpty();
        assertThat(data.untoldTransitions()).isEmpty();
    }

    /** Recorded gaps: why, and how many slots. */
    List<String> gaps() {
        return data.ask(GAPS, from, to).stream().map(Turn::named).toList();
    }

    private static String named(String codeAndSlots) {
        String[] parts = codeAndSlots.split(" ");
        return Reason.of(Integer.parseInt(parts[0])) + " " + parts[1];
    }

    String summary() {
        return "%d checks in %d s, 0 lost, 0 twice, %d came too late to be made; lateness %s"
                .formatted(
                        data.number(CHECKS, from, to),
                        (to - from) / 1_000,
                        data.number(NOT_CHECKED, from, to),
                        data.ask(LATENESS, from, to).getFirst());
    }
}
