package io.healthchecker.api.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HourSumWorkerTest {
    @ParameterizedTest(name = "{0} ms, more: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                10 | false |    60000
               700 | false |    70000
              4500 | false |   450000
              9000 | false |   600000
             90000 | false |  1800000
                 0 | true  |       10
             90000 | true  |  1800000
            """)
    void restsTheLongerTheMoreThereWas(long took, boolean more, long pause) {
        assertThat(HourSumWorker.pauseMillis(took, more, 60_000)).isEqualTo(pause);
    }
}
