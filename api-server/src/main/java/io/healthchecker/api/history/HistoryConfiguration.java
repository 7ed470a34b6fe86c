package io.healthchecker.api.history;

import io.healthchecker.core.history.HourSums;
import io.healthchecker.core.time.Ticker;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Makes what tells of the past. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HistorySettings.class)
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
    Bars bars(JdbcClient jdbc, Ticker ticker) {
        return new Bars(jdbc, ticker);
    }

    @Bean
    BarController barController(Bars bars) {
        return new BarController(bars);
    }

    @Bean
    UptimeHistory uptimeHistory(JdbcClient jdbc, Ticker ticker) {
        return new UptimeHistory(jdbc, ticker);
    }

    @Bean
    SeriesController seriesController(ServiceHistory history, UptimeHistory uptimes, JdbcClient jdbc, Ticker ticker) {
        return new SeriesController(history, new Series(jdbc, ticker), uptimes);
    }

    @Bean(initMethod = "start")
    @ConditionalOnBooleanProperty(name = "hc.history.sums", matchIfMissing = true)
    HourSumWorker hourSumWorker(
            HistorySettings settings, JdbcClient jdbc, PlatformTransactionManager transactions, Ticker ticker) {
        return new HourSumWorker(new HourSums(jdbc), transactions, settings.sumsEvery(), ticker);
    }

    @Bean
    HistoryController historyController(ServiceHistory history, UptimeHistory uptimes) {
        return new HistoryController(history, uptimes);
    }
}
