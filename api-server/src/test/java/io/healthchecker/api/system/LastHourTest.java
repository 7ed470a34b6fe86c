package io.healthchecker.api.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastHourTest {
    private static final long NOON = 1_767_268_800_000L;
    private static final long HOUR = 3_600_000;

    private final LastHour hour = new LastHour();

    @Test
    void ofEachStepTheLeastAndTheMostAreKept() {
        hour.add(NOON, 5);
        hour.add(NOON + 3_000, 2);
        hour.add(NOON + 9_999, 41);
        hour.add(NOON + 10_000, 7);

        LastHour.Steps steps = hour.upTo(NOON + 12_000);

        assertThat(steps.least()).hasSize(360).endsWith(null, 2.0, 7.0);
        assertThat(steps.most()).hasSize(360).endsWith(null, 41.0, 7.0);
        assertThat(steps.from()).isEqualTo(NOON + 10_000 - 359 * 10_000);
    }

    @Test
    void whereNothingWasSeenIsAHoleAndNoZero() {
        hour.add(NOON, 0);
        hour.add(NOON + 30_000, 1);

        assertThat(hour.upTo(NOON + 40_000).most()).endsWith(0.0, null, null, 1.0, null);
        assertThat(new LastHour().upTo(NOON).most()).hasSize(360).containsOnlyNulls();
    }

    @Test
    void whatIsOlderThanAnHourIsForgotten() {
        for (long at = NOON; at < NOON + 3 * HOUR; at += 10_000) {
            hour.add(at, (double) (at - NOON));
        }
        LastHour.Steps last = hour.upTo(NOON + 3 * HOUR - 1);
        assertThat(last.least()).doesNotContainNull().startsWith(2.0 * HOUR);
        assertThat(last.least()).endsWith(3.0 * HOUR - 10_000);

        assertThat(hour.upTo(NOON + 4 * HOUR).least()).containsOnlyNulls();
    }

    @Test
    void afterAClockThatWentBackOnlyWhatIsSeenThenCounts() {
        hour.add(NOON, 1);
        hour.add(NOON + 2 * HOUR, 2);
        hour.add(NOON, 3); // takes the very place

        assertThat(hour.upTo(NOON).most()).endsWith(null, 3.0);
        assertThat(hour.upTo(NOON + 2 * HOUR).most()).containsOnlyNulls();
    }
}
