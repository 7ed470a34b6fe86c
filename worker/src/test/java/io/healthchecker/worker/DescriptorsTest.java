package io.healthchecker.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {
    @ParameterizedTest(name = "{1} checks of {0} descriptors: {2}")
    @CsvSource({
        "1048576, 2000, 2000",
        "20000, 2000, 2000",
        "20000, 100000, 15000",
        "4096, 2000, 2000",
        "4096, 4000, 3072",
        "1024, 2000, 512",
        "600, 2000, 88",
        "256, 2000, 10",
        "9223372036854775807, 100000, 100000"
    })
    void asManyChecksAsThereCanBe(long descriptors, int wanted, int possible) {
        assertThat(new Descriptors(descriptors).checks(wanted)).isEqualTo(possible);
    }

    @Test
    void aWorkerIsBoundByThemAndByNothingElse() {
        var settings = new WorkerSettings(
                "w",
                "default",
                2_000,
                1_000,
                Duration.ofMillis(50),
                Duration.ZERO,
                new WorkerSettings.Commit(1, 100, Duration.ofMillis(20), 20_000));
        assertThat(new Descriptors(1_024).bound(settings)).isEqualTo(settings.withCapacity(512));
        assertThat(new Descriptors(20_000).bound(settings)).isSameAs(settings);
    }

    @Test
    void thisProcessMayHaveSome() {
        assertThat(Descriptors.ofThisProcess().most()).isGreaterThan(100);
    }
}
