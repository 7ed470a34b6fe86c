package io.healthchecker.worker;

import io.healthchecker.core.secret.SecretKeys;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.check.Probers;
import io.healthchecker.worker.compact.RetentionSettings;
import io.healthchecker.worker.compact.Upkeep;
import io.healthchecker.worker.intake.CheckStarter;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A worker, given a data source whose schema is there, a transaction manager, a Redis client, a meter registry, a
 * {@link Ticker} and what makes checks: alone, or beside the other processes in one JVM.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({WorkerSettings.class, RetentionSettings.class})
public class WorkerConfiguration {
    @Bean
    Upkeep upkeep(
            JdbcClient jdbc, PlatformTransactionManager transactions, RetentionSettings retention, Ticker ticker) {
        return new Upkeep(jdbc, transactions, retention, ticker);
    }

    @Bean
    Worker.Stores workerStores(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            LettuceConnectionFactory redis,
            Environment environment) {
        String jwtSecret = environment.getProperty("hc.auth.jwt-secret", environment.getProperty("JWT_SECRET", ""));
        return new Worker.Stores(
                jdbc,
                transactions,
                (RedisClient) redis.getRequiredNativeClient(),
                SecretKeys.cipher(environment.getProperty("SECRET_KEY"), jwtSecret));
    }

    @Bean
    CheckStarter.Source checkStarterSource(Probers probers) {
        return definition -> probers.prepare(definition)::run;
    }

    @Bean
    Worker worker(
            WorkerSettings settings,
            Worker.Stores stores,
            CheckStarter.Source checks,
            Upkeep upkeep,
            Worker.Watch watch) {
        return new Worker(settings, stores, checks, upkeep, watch);
    }

    @Bean
    Worker.Watch workerWatch(MeterRegistry meters, Ticker ticker) {
        return new Worker.Watch(meters, ticker);
    }

    @Bean
    WorkerLifecycle workerLifecycle(Worker worker) {
        return new WorkerLifecycle(worker);
    }

    @Bean
    HealthIndicator workerHealthIndicator(Worker worker) {
        return () -> (worker.isWell() ? Health.up() : Health.outOfService()).build();
    }

    /** Starts the worker when everything is there, and stops it before anything that it needs is stopped. */
    static final class WorkerLifecycle implements SmartLifecycle {
        private final Worker worker;
        private volatile boolean isRunning;

        WorkerLifecycle(Worker worker) {
            this.worker = worker;
        }

        @Override
        public void start() {
            worker.start();
            isRunning = true;
        }

        @Override
        public void stop() {
            if (isRunning) {
                isRunning = false;
                worker.stop();
            }
        }

        @Override
        public boolean isRunning() {
            return isRunning;
        }
    }
}
