package io.healthchecker.api.team;

import io.healthchecker.api.auth.AuditLog;
import io.healthchecker.core.egress.TeamEgressTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Makes what serves teams. */
@Configuration(proxyBeanMethods = false)
public class TeamConfiguration {
    @Bean
    TeamController teamController(JdbcClient jdbc, PlatformTransactionManager transactions, AuditLog audit) {
        return new TeamController(new Members(jdbc, transactions), audit);
    }

    @Bean
    InvitationController invitationController(
            JdbcClient jdbc, PlatformTransactionManager transactions, AuditLog audit) {
        return new InvitationController(new Invitations(jdbc, transactions), audit);
    }

    @Bean
    EgressController egressController(JdbcClient jdbc) {
        return new EgressController(new TeamEgressTable(jdbc));
    }
}
