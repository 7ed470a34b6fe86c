package io.healthchecker.api.audit;

import io.healthchecker.core.team.AuditTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Makes what shows the audit log. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {
    @Bean
    AuditController auditController(JdbcClient jdbc, JsonMapper mapper) {
        return new AuditController(new AuditTable(jdbc), mapper);
    }
}
