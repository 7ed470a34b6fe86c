package io.healthchecker.api.view;

import io.healthchecker.api.auth.AuditLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes named filters. */
@Configuration(proxyBeanMethods = false)
public class SavedViewConfiguration {
    @Bean
    SavedViewController savedViewController(JdbcClient jdbc, AuditLog audit) {
        return new SavedViewController(new SavedViews(new SavedViewTable(jdbc)), audit);
    }
}
