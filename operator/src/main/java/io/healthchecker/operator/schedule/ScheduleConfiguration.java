package io.healthchecker.operator.schedule;

import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.operator.schedule.SchedulerParts.Ground;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The scheduler: needs a database, Redis by Lettuce, and a meter registry; opens connections of its own to Redis. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScheduleSettings.class)
public class ScheduleConfiguration {
    @Bean
    ScheduleMetrics scheduleMetrics(MeterRegistry registry) {
        return new ScheduleMetrics(registry);
    }

    @Bean
    Scheduler scheduler(
            ScheduleSettings settings,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            LettuceConnectionFactory redis,
            ScheduleMetrics metrics) {
        RedisClient client = (RedisClient) redis.getRequiredNativeClient();
        Ground ground = new Ground(jdbc, transactions, client, metrics);
        ScheduleSettings named = settings.name().isEmpty() ? settings.named(hostName()) : settings;
        return new SchedulerParts(named, ground, Ticker.system()).scheduler(new WakeStream(client));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "scheduler"; // names need not tell hosts apart, only people like them to
        }
    }
}
