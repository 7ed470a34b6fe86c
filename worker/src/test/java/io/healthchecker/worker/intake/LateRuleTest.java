package io.healthchecker.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LateRuleTest {
    @ParameterizedTest(name = "{0} ms behind the slot of a {1} ms period is too late: {2}")
    @CsvSource({
        "-500, 1000, false",
        "2000, 1000, false",
        "2001, 1000, true",
        "10000, 10000, false",
        "10001, 10000, true",
        "60000, 86400000, false",
        "60001, 86400000, true",
    })
    void aCheckIsTooLateAfterItsPeriodButTwoSecondsAreFreeAndAMinuteIsEnough(
            long behind, long period, boolean tooLate) {
        assertThat(LateRule.isLate(1_000_000, 1_000_000 + behind, period)).isEqualTo(tooLate);
    }
}
