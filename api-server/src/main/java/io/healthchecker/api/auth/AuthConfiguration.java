package io.healthchecker.api.auth;

import io.healthchecker.api.problem.ProblemWriter;
import io.healthchecker.core.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Makes what signs people in and keeps everybody else out. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuthSettings.class)
public class AuthConfiguration {
    /** After request ids, headers and limits. */
    public static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 40;

    @Bean
    AuthMetrics authMetrics(MeterRegistry registry) {
        return new AuthMetrics(registry);
    }

    @Bean
    Accounts accounts(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new Accounts(jdbc, transactions);
    }

    @Bean
    AccessTokens accessTokens(AuthSettings settings, Ticker ticker) {
        return new AccessTokens(settings.keys(), settings.accessLifetime(), ticker);
    }

    @Bean
    Tickets tickets(StringRedisTemplate redis) {
        return new Tickets(redis);
    }

    @Bean
    ApiTokens apiTokens(JdbcClient jdbc) {
        return new ApiTokens(jdbc);
    }

    @Bean
    AuditLog auditLog(JdbcClient jdbc, JsonMapper mapper) {
        return new AuditLog(jdbc, mapper);
    }

    @Bean
    TokenController tokenController(ApiTokens tokens, AuditLog audit) {
        return new TokenController(tokens, audit);
    }

    @Bean
    Gate gate(Accounts accounts) {
        return new Gate(accounts);
    }

    @Bean
    SignIn signIn(
            Accounts accounts, AccessTokens accessTokens, AuthSettings settings, JdbcClient jdbc, AuthMetrics metrics) {
        return new SignIn(
                accounts,
                new PasswordHash(settings.concurrentHashes(), metrics),
                accessTokens,
                new RefreshTokens(jdbc, settings.refreshLifetime(), metrics),
                metrics);
    }

    @Bean
    AuthController authController(SignIn signIn, AuthSettings settings, Ticker ticker, AuthMetrics metrics) {
        return new AuthController(signIn, new AuthLimits(settings, ticker, metrics), settings);
    }

    @Bean
    TicketController ticketController(Tickets tickets) {
        return new TicketController(tickets);
    }

    @Bean
    FilterRegistrationBean<AuthenticationFilter> authenticationFilter(
            AccessTokens tokens, ApiTokens apiTokens, Tickets tickets, ProblemWriter writer) {
        var registration = new FilterRegistrationBean<>(new AuthenticationFilter(tokens, apiTokens, tickets, writer));
        registration.setOrder(FILTER_ORDER);
        return registration;
    }

    @Bean
    WebMvcConfigurer principals(Gate gate) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new RoleInterceptor(gate));
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new PrincipalArguments());
            }
        };
    }
}
