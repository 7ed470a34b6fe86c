package io.healthchecker.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final HandTicker ticker = new HandTicker();
    private final TokenBucket bucket = new TokenBucket(20, 20, ticker);

    @Test
    void atMostASecondsWorthIsHadAtOnce() {
        ticker.move(Duration.ofHours(1));

        assertThat(takenNow()).isEqualTo(20);
    }

    @Test
    void tokensComeEvenly() {
        takenNow();

        ticker.move(Duration.ofMillis(49));
        assertThat(takenNow()).isZero();
        ticker.move(Duration.ofMillis(1));
        assertThat(takenNow()).isEqualTo(1);
        ticker.move(Duration.ofMillis(500));
        assertThat(takenNow()).isEqualTo(10);
    }

    private int takenNow() {
        int taken = 0;
        while (bucket.take()) {
            taken++;
        }
        return taken;
    }
}
