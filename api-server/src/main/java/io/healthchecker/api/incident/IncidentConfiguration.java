package io.healthchecker.api.incident;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes what tells of incidents. */
@Configuration(proxyBeanMethods = false)
public class IncidentConfiguration {
    @Bean
    IncidentController incidentController(JdbcClient jdbc) {
        return new IncidentController(new Incidents(jdbc));
    }
}
