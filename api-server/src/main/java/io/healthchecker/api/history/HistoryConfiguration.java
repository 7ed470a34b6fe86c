package io.healthchecker.api.history;

import io.healthchecker.core.time.Ticker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes what tells of the past. */
@Configuration(proxyBeanMethods = false)
public class HistoryConfiguration {
    @Bean
    LocationNames locationNames(JdbcClient jdbc) {
        return new LocationNames(jdbc);
    }

    @Bean
    ServiceHistory serviceHistory(JdbcClient jdbc, LocationNames locations) {
        return new ServiceHistory(jdbc, locations);
    }

    @Bean
    ResultController resultController(ServiceHistory history) {
        return new ResultController(history);
    }

    @Bean
    HistoryController historyController(ServiceHistory history, JdbcClient jdbc, Ticker ticker) {
        return new HistoryController(history, new UptimeHistory(jdbc, ticker));
    }
}
