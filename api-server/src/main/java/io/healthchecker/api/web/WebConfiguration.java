package io.healthchecker.api.web;

import io.healthchecker.api.problem.BodyLimit;
import io.healthchecker.api.problem.ProblemResolver;
import io.healthchecker.api.problem.ProblemWriter;
import io.healthchecker.api.problem.RequestId;
import io.healthchecker.api.problem.StrictBodies;
import io.healthchecker.api.problem.StrictJson;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Makes what every request passes on its way in and out. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:io/healthchecker/api/web.properties")
public class WebConfiguration {
    private static final int FIRST = Ordered.HIGHEST_PRECEDENCE + 10;

    @Bean
    JsonMapperBuilderCustomizer fieldsInOrder() {
        return mapper -> mapper.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY);
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper mapper) {
        return new ProblemWriter(mapper);
    }

    @Bean
    StrictJson strictJson() {
        return new StrictJson();
    }

    @Bean
    ErrorController errorController(ProblemWriter writer) {
        return new ErrorController(writer);
    }

    @Bean
    FilterRegistrationBean<RequestId> requestIds() {
        return filter(new RequestId(), FIRST);
    }

    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeaders() {
        FilterRegistrationBean<SecurityHeaders> headers = filter(new SecurityHeaders(), FIRST + 10);
        headers.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
        return headers;
    }

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit(ProblemWriter writer) {
        return filter(new BodyLimit(writer), FIRST + 20);
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> jettyProblems(JsonMapper mapper) {
        return factory ->
                factory.addServerCustomizers((Server server) -> server.setErrorHandler(new JettyProblems(mapper)));
    }

    @Bean
    WebMvcConfigurer problems(ProblemWriter writer, StrictJson json) {
        return new WebMvcConfigurer() {
            @Override
            public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
                resolvers.addFirst(new ProblemResolver(writer));
            }

            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
                converters.addCustomConverter(new StrictBodies(json));
            }
        };
    }

    private static <T extends Filter> FilterRegistrationBean<T> filter(T filter, int order) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }
}
