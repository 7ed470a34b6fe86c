package io.healthchecker.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TestRedisTest {
    @Test
    void everyFreshDatabaseIsEmptyAndItsOwn() {
        RedisURI one = TestRedis.freshDatabase();
        RedisURI other = TestRedis.freshDatabase();

        ask(one, redis -> redis.set("key", "value"));

        assertThat(size(one)).isEqualTo(1);
        assertThat(size(other)).isZero();
    }

    @Test
    void aStoppedOneRefusesAndARestartedOneIsEmptyOnTheSamePort() {
        try (TestRedis redis = TestRedis.start()) {
            RedisURI uri = redis.uri();
            ask(uri, commands -> commands.set("key", "value"));

            redis.stop();
            assertThatThrownBy(() -> ask(uri, RedisCommands::ping)).isInstanceOf(RedisConnectionException.class);

            redis.restart();
            assertThat(size(uri)).isZero();
        }
    }

    private static long size(RedisURI uri) {
        return ask(uri, RedisCommands::dbsize);
    }

    private static <T> T ask(RedisURI uri, Function<RedisCommands<String, String>, T> question) {
        try (var client = RedisClient.create(uri);
                var connection = client.connect()) {
            return question.apply(connection.sync());
        }
    }
}
