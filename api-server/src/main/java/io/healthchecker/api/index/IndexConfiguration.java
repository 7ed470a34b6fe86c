package io.healthchecker.api.index;

import io.healthchecker.api.find.Facets;
import io.healthchecker.api.find.KeptRows;
import io.healthchecker.core.time.Ticker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes what shows all services at a glance. */
@Configuration(proxyBeanMethods = false)
public class IndexConfiguration {
    @Bean
    IndexController indexController(KeptRows kept, Facets facets, Ticker ticker) {
        return new IndexController(new ServiceIndex(kept, ticker), facets);
    }
}
