package io.healthchecker.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.95, 0.99, 1})
    void aQuantileIsOffByAtMostOnePercent(double share) {
        int[] latencies = random.ints(5_000, 100, 60_000_000).toArray();
        var histogram = histogram(latencies);
        Arrays.sort(latencies);
        int exact = latencies[(int) Math.ceil(share * latencies.length) - 1];

        assertThat(histogram.quantile(share)).as("seed " + seed).isCloseTo(exact, within(exact / 95));
    }

    @Test
    void whatTwoHaveSeenAddsUp() {
        int[] all = random.ints(2_000, 0, 1_000_000).toArray();
        var sum = histogram(Arrays.copyOfRange(all, 0, 700));
        sum.add(histogram(Arrays.copyOfRange(all, 700, all.length)));

        assertThat(sum.bytes()).as("seed " + seed).isEqualTo(histogram(all).bytes());
        assertThat(sum.total()).isEqualTo(2_000);
    }

    @Test
    void bytesGiveItBack() {
        var histogram = histogram(random.ints(60, 20_000, 30_000).toArray());

        byte[] bytes = histogram.bytes();

        assertThat(LatencyHistogram.of(bytes).bytes()).as("seed " + seed).isEqualTo(bytes);
        assertThat(bytes.length).isLessThan(60);
    }

    @Test
    void nothingHasNoQuantile() {
        assertThat(new LatencyHistogram().quantile(0.5)).isNull();
        assertThat(new LatencyHistogram().bytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Integer.MAX_VALUE})
    void theSmallestAndTheLargestHaveABucket(int micros) {
        assertThat(histogram(micros).total()).isEqualTo(1);
    }

    @Test
    void foreignBytesAreRefused() {
        assertThatThrownBy(() -> LatencyHistogram.of(new byte[] {5})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LatencyHistogram.of(new byte[] {-1, 127, 1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LatencyHistogram.of(new byte[] {5, 0})).isInstanceOf(IllegalArgumentException.class);
    }

    private static LatencyHistogram histogram(int... latencies) {
        var histogram = new LatencyHistogram();
        for (int latency : latencies) {
            histogram.add(latency);
        }
        return histogram;
    }
}
