package io.healthchecker.api.incident;

import io.healthchecker.api.history.LocationNames;
import io.healthchecker.core.time.Ticker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Makes what tells of incidents. */
@Configuration(proxyBeanMethods = false)
public class IncidentConfiguration {
    @Bean
    Incidents incidents(JdbcClient jdbc, Ticker ticker) {
        return new Incidents(jdbc, ticker);
    }

    @Bean
    IncidentController incidentController(Incidents incidents) {
        return new IncidentController(incidents);
    }

    @Bean
    ResponseController responseController(
            Incidents incidents,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            LocationNames locations,
            Ticker ticker) {
        return new ResponseController(
                incidents,
                new IncidentResponse(jdbc, transactions, incidents, ticker),
                new IncidentStory(jdbc, locations, ticker));
    }
}
