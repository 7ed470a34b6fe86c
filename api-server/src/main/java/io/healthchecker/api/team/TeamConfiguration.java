package io.healthchecker.api.team;

import io.healthchecker.core.egress.TeamEgressTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Makes what serves teams. */
@Configuration(proxyBeanMethods = false)
public class TeamConfiguration {
    @Bean
    TeamController teamController(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new TeamController(new Members(jdbc, transactions));
    }

    @Bean
    EgressController egressController(JdbcClient jdbc) {
        return new EgressController(new TeamEgressTable(jdbc));
    }
}
