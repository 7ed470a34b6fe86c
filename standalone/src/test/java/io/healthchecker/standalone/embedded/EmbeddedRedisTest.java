package io.healthchecker.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.standalone.reach.RedisReach;
import io.healthchecker.standalone.setting.RedisAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmbeddedRedisTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    /** The one that we bring, and the machine's own where there is one. */
    static Stream<Path> programs() {
        return Stream.concat(Stream.of(EmbeddedRedis.brought()), EmbeddedRedis.installed().stream());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void servesWhoKnowsThePasswordAndStops(Path program) throws Exception {
        try (var data = DataDirectory.open(directory.resolve("a b"))) {
            RedisAddress address = EmbeddedRedis.start(data, program);
            assertThat(new RedisReach(address, SOON).information()).contains("redis_version");
            var stranger = new RedisAddress(
                    address.at(),
                    0,
                    false,
                    RedisAddress.loopback(1, data.secret("other")).login());
            assertThatThrownBy(() -> new RedisReach(stranger, SOON).information())
                    .hasMessageContaining("WRONGPASS");

            EmbeddedRedis.stop(data);

            assertThatThrownBy(() -> new RedisReach(address, SOON).information())
                    .hasMessageContaining("refused");
        }
    }
}
