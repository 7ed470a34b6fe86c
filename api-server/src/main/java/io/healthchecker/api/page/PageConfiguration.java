package io.healthchecker.api.page;

import io.healthchecker.api.auth.AuditLog;
import io.healthchecker.api.auth.AuthConfiguration;
import io.healthchecker.api.history.Bars;
import io.healthchecker.core.time.Ticker;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes status pages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PageSettings.class)
public class PageConfiguration {
    @Bean(initMethod = "start")
    PageShelf pageShelf(JdbcClient jdbc, Bars bars, Ticker ticker) {
        var reader = new PageReader(jdbc, bars, ticker);
        return new PageShelf(new PageTable(jdbc), reader, ticker);
    }

    @Bean
    PageController pageController(JdbcClient jdbc, PageSettings settings, PageShelf shelf, AuditLog audit) {
        return new PageController(new Pages(new PageTable(jdbc), new PageRules(settings.domains()), shelf), audit);
    }

    @Bean
    PublicPageController publicPageController(PageShelf shelf, Ticker ticker) {
        return new PublicPageController(shelf, ticker);
    }

    @Bean
    FilterRegistrationBean<DomainFilter> domainFilter(PageShelf shelf) {
        var registration = new FilterRegistrationBean<>(new DomainFilter(shelf));
        registration.setOrder(AuthConfiguration.FILTER_ORDER - 1);
        return registration;
    }
}
