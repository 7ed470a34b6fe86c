package io.healthchecker.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.worker.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RampTest {
    private final HandClock clock = new HandClock();
    private final Ramp ramp = new Ramp(clock);

    @Test
    void whoIsAloneUsesEverything() {
        assertThat(ramp.of(2_000)).isEqualTo(2_000);
    }

    @Test
    void whoJoinsOthersUsesTwiceAsMuchEveryHalfSecond() {
        ramp.begin();

        List<Integer> permits = IntStream.range(0, 6)
                .mapToObj(_ -> {
                    int now = ramp.of(100);
                    clock.advance(Ramp.DOUBLES_EVERY);
                    return now;
                })
                .toList();

        assertThat(permits).containsExactly(8, 16, 32, 64, 100, 100);
        clock.advance(Duration.ofDays(365));
        assertThat(ramp.of(2_000)).isEqualTo(2_000);
    }
}
