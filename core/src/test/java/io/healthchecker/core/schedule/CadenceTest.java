package io.healthchecker.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CadenceTest {
    @ParameterizedTest
    @CsvSource({"6999, 6999", "7000, 7001", "7001, 7001", "16999, 16999", "17000, 17001"})
    void whatIsNotOfTheScheduleIsNeverDueAtASlot(long wanted, long due) {
        assertThat(new Cadence(10_000, 7_000).besideSlots(wanted)).isEqualTo(due);
    }
}
