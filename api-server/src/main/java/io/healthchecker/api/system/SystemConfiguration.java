package io.healthchecker.api.system;

import io.healthchecker.api.feed.LiveFeed;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
        History history = new History(ticker);
        var sights = new SystemWatch.Sights(
                gaze("schedulers", OFTEN, fleet::schedulers, history::schedulers, ticker),
                gaze("workers", OFTEN, fleet::workers, history::workers, ticker),
                gaze("queues", OFTEN, queues::look, history::queues, ticker),
                gaze("checks", SELDOM, checks::take, history::checks, ticker),
                new Gaze<>("clusters", OFTEN, fleet::clusters, ticker),
                gaze(
                        "database",
                        OFTEN,
                        () -> millis(ticker, () -> jdbc.sql("SELECT 1").query().listOfRows()),
                        millis -> history.add(Measure.DATABASE, millis),
                        ticker),
                gaze(
                        "redis",
                        OFTEN,
                        () -> millis(
                                ticker, () -> redis.execute((RedisCallback<String>) connection -> connection.ping())),
                        millis -> history.add(Measure.REDIS, millis),
                        ticker));
        return new SystemWatch(sights, history, feed, ticker);
    }

    private static <T> Gaze<T> gaze(String name, Duration every, Supplier<T> sight, Consumer<T> memory, Ticker ticker) {
        return new Gaze<>(
                name,
                every,
                () -> {
                    T seen = sight.get();
                    memory.accept(seen);
                    return seen;
                },
                ticker);
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
