package io.healthchecker.e2e.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.State;
import io.healthchecker.testing.Invariants;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** What becomes of the service of {@link HardCases#unsteady}: each failure has its reason, and only two in a row turn it. */
public final class FailuresInARow {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<Reason> REASONS = List.of(
            Reason.OK,
            Reason.OK,
            Reason.DNS_SERVFAIL,
            Reason.OK,
            Reason.TIMEOUT_RESPONSE,
            Reason.OK,
            Reason.DNS_REFUSED,
            Reason.OK,
            Reason.DNS_NXDOMAIN,
            Reason.DNS_NXDOMAIN,
            Reason.DNS_NO_DATA);

    private static final int SECOND_IN_A_ROW = 9;

    private FailuresInARow() {}

    /** Waits for all of it, and compares. */
    public static void areToldOnce(Invariants stored, long serviceId) {
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(reasons(stored, serviceId)).startsWith(REASONS.toArray(Reason[]::new)));
        assertThat(stored.ask(
                        "SELECT to_state || ' ' || reason FROM transition WHERE service_id = ? ORDER BY seq",
                        serviceId))
                .containsExactly(turn(State.UP, Reason.OK), turn(State.DOWN, last(stored, serviceId)));
    }

    /** Two in a row turn it; where the worker was starved at the second one, the next does (decision 0047). */
    private static Reason last(Invariants stored, long serviceId) {
        boolean starved = results(stored, "flags & 1", serviceId).get(SECOND_IN_A_ROW) == 1;
        return REASONS.get(starved ? SECOND_IN_A_ROW + 1 : SECOND_IN_A_ROW);
    }

    private static List<Reason> reasons(Invariants stored, long serviceId) {
        return results(stored, "reason", serviceId).stream().map(Reason::of).toList();
    }

    private static List<Integer> results(Invariants stored, String what, long serviceId) {
        String query = "SELECT %s FROM check_result WHERE service_id = ? AND outcome <> %d ORDER BY slot"
                .formatted(what, Outcome.UNKNOWN.code());
        return stored.ask(query, serviceId).stream().map(Integer::valueOf).toList();
    }

    private static String turn(State to, Reason reason) {
        return to.code() + " " + reason.code();
    }
}
