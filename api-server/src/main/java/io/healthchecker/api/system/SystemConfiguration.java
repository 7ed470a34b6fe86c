package io.healthchecker.api.system;

import io.healthchecker.api.feed.LiveFeed;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes what looks at the product itself. */
@Configuration(proxyBeanMethods = false)
public class SystemConfiguration {
    private static final Duration OFTEN = Duration.ofSeconds(3);
    private static final Duration SELDOM = Duration.ofSeconds(10);

    @Bean
    SystemWatch systemWatch(JdbcClient jdbc, StringRedisTemplate redis, LiveFeed feed, Ticker ticker) {
        Fleet fleet = new Fleet(jdbc);
        Queues queues = new Queues(redis);
        CheckSample checks = new CheckSample(jdbc, ticker);
        var sights = new SystemWatch.Sights(
                new Gaze<>("schedulers", OFTEN, fleet::schedulers, ticker),
                new Gaze<>("workers", OFTEN, fleet::workers, ticker),
                new Gaze<>("queues", OFTEN, queues::look, ticker),
                new Gaze<>("checks", SELDOM, checks::take, ticker),
                new Gaze<>("clusters", OFTEN, fleet::clusters, ticker),
                new Gaze<>(
                        "database",
                        OFTEN,
                        () -> millis(ticker, () -> jdbc.sql("SELECT 1").query().listOfRows()),
                        ticker),
                new Gaze<>(
                        "redis",
                        OFTEN,
                        () -> millis(
                                ticker, () -> redis.execute((RedisCallback<String>) connection -> connection.ping())),
                        ticker));
        return new SystemWatch(sights, feed, ticker);
    }

    @Bean
    SystemController systemController(SystemWatch watch) {
        return new SystemController(watch);
    }

    private static double millis(Ticker ticker, Runnable task) {
        long start = ticker.nanoTime();
        task.run();
        return Math.round((ticker.nanoTime() - start) / 1e4) / 100.0;
    }
}
