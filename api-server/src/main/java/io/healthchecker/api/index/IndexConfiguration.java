package io.healthchecker.api.index;

import io.healthchecker.core.feed.EventTable;
import io.healthchecker.core.time.Ticker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Makes what shows all services at a glance. */
@Configuration(proxyBeanMethods = false)
public class IndexConfiguration {
    @Bean
    IndexController indexController(JdbcClient jdbc, JsonMapper mapper, Ticker ticker) {
        var table = new IndexTable(jdbc);
        return new IndexController(
                new ServiceIndex(table, mapper, ticker), new Facets(table, ticker), new EventTable(jdbc));
    }
}
