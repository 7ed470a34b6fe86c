package io.healthchecker.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.job.WakeStream.Wake;
import io.healthchecker.testing.TestRedis;
import io.lettuce.core.RedisClient;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WakeStreamTest {
    @Test
    void onlyWhoListensForThatKindIsWoken() {
        try (TestRedis own = TestRedis.start();
                RedisClient client = RedisClient.create(own.uri());
                WakeStream one = new WakeStream(client);
                WakeStream other = new WakeStream(client)) {
            AtomicInteger changes = new AtomicInteger();
            AtomicInteger events = new AtomicInteger();
            one.listen(Wake.CHANGE, changes::incrementAndGet);
            one.listen(Wake.EVENT, events::incrementAndGet);
            await().untilAsserted(() -> {
                other.publish(Wake.CHANGE);
                assertThat(changes).hasPositiveValue();
            });
            assertThat(events).hasValue(0);
        }
    }
}
