package io.healthchecker.worker.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.verdict.Thresholds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrgencyTest {
    private final Urgency urgency = new Urgency(new Thresholds(2, 1));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            U U U U U U         | !!!...
            U U U U D D D D D D | !!!.!!!...
            U U U U D U U U U   | !!!.!!!!.
            D D D D D U         | !!!..!
            U U U U ? U ?       | !!!....
            """)
    void aResultPressesWhileItMayTurnItsService(String results, String expected) {
        var pressing = new StringBuilder();
        for (String letter : results.split(" ")) {
            pressing.append(urgency.of(result(letter, JobKind.GRID)) ? '!' : '.');
        }
        assertThat(pressing).hasToString(expected);
    }

    @Test
    void whatSomebodyWaitsForPresses() {
        for (int i = 0; i < 5; i++) {
            urgency.of(result("U", JobKind.GRID));
        }
        assertThat(urgency.of(result("U", JobKind.MANUAL))).isTrue();
        assertThat(urgency.of(result("?", JobKind.MANUAL))).isTrue();
        assertThat(urgency.of(result("U", JobKind.GRID))).isFalse();
    }

    private static CheckResult result(String letter, JobKind kind) {
        var job = new Job(1, 1, 1, 1, kind);
        return switch (letter) {
            case "U" -> new CheckResult(job, Outcome.UP, Reason.OK, 0, 0, PhaseTimes.EMPTY, 200, false, null);
            case "D" ->
                new CheckResult(job, Outcome.DOWN, Reason.CONNECT_REFUSED, 0, 0, PhaseTimes.EMPTY, 0, false, null);
            default -> CheckResult.unknown(job, Reason.LATE, 0, null);
        };
    }
}
