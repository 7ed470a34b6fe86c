package io.healthchecker.api.heartbeat;

import io.healthchecker.api.auth.RateLimit;
import io.healthchecker.api.job.PromptJobs;
import io.healthchecker.core.heartbeat.HeartbeatTable;
import io.healthchecker.core.secret.SecretKeys;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Makes what serves heartbeats. */
@Configuration(proxyBeanMethods = false)
public class HeartbeatConfiguration {
    private static final int PINGS = 30;
    private static final Duration REFILL = Duration.ofMinutes(1);

    @Bean
    Pings pings(JdbcClient jdbc, PlatformTransactionManager transactions, PromptJobs jobs, Ticker ticker) {
        return new Pings(new HeartbeatTable(jdbc), transactions, jobs, ticker);
    }

    @Bean
    PingController pingController(Pings pings, Ticker ticker) {
        return new PingController(pings, new RateLimit(PINGS, REFILL, ticker));
    }

    @Bean
    HeartbeatController heartbeatController(JdbcClient jdbc, Environment environment, Ticker ticker) {
        HeartbeatTable heartbeats = new HeartbeatTable(jdbc);
        String jwtSecret = environment.getProperty("hc.auth.jwt-secret", environment.getProperty("JWT_SECRET", ""));
        Addresses addresses =
                new Addresses(heartbeats, SecretKeys.cipher(environment.getProperty("SECRET_KEY"), jwtSecret));
        return new HeartbeatController(new ServiceTable(jdbc), heartbeats, addresses, ticker);
    }
}
