package io.healthchecker.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private long wallMillis = 1_000_000;
    private long nanos = 5;

    private final DatabaseClock clock = new DatabaseClock(new Ticker() {
        @Override
        public long epochMillis() {
            return wallMillis;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }
    });

    @Test
    void itGoesOnByTheMonotonicClockWhateverTheWallClockDoes() {
        wallMillis -= 3_600_000;
        nanos += 250_000_000;
        assertThat(clock.epochMillis()).isEqualTo(1_000_250);
        assertThat(clock.ownClockAheadMillis()).isEqualTo(-3_600_250);
    }

    @Test
    void aSampleCountsForTheMiddleBetweenQuestionAndAnswer() {
        long asked = nanos;
        nanos += 100_000_000;
        long answered = nanos;
        nanos += 10_000_000; // something else is done meanwhile
        assertThat(clock.sample(2_000_000, asked, answered)).isEqualTo(2_000_050 - 1_000_100);
        assertThat(clock.epochMillis()).isEqualTo(2_000_060);
    }

    @Test
    void aJumpOfTheDatabaseIsTold() {
        clock.sample(2_000_000, nanos, nanos);
        nanos += 2_000_000_000L;
        assertThat(clock.sample(2_002_000, nanos, nanos)).isZero();
        nanos += 2_000_000_000L;
        assertThat(clock.sample(2_001_000, nanos, nanos)).isEqualTo(-3_000);
    }
}
