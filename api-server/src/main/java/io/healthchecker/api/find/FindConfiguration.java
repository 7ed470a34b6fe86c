package io.healthchecker.api.find;

import io.healthchecker.core.time.Ticker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes what finds services. */
@Configuration(proxyBeanMethods = false)
public class FindConfiguration {
    @Bean
    KeptRows keptRows(JdbcClient jdbc, Ticker ticker) {
        return KeptRows.over(jdbc, ticker, KeptRows.MOST);
    }

    @Bean
    Facets facets(KeptRows kept, JdbcClient jdbc, Ticker ticker) {
        return new Facets(kept, jdbc, ticker);
    }
}
