package io.healthchecker.api.openapi;

import io.healthchecker.api.auth.Principal;
import io.healthchecker.core.team.Account;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.time.Duration;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.PropertySource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.webjars.WebJarVersionLocator;

/** Makes the OpenAPI document at {@code /openapi.json} and the page at {@code /swagger/index.html}. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:io/healthchecker/api/openapi.properties")
public class OpenApiConfiguration {
    /** Name of the security scheme. */
    static final String BEARER = "bearer";

    private static final String PAGE = "/swagger/index.html";

    @Bean
    static LazyDocument lazyDocument() {
        return new LazyDocument();
    }

    @Bean
    @Lazy
    OpenAPI openApi() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Principal.class, Account.class);
        return new OpenAPI()
                .info(new Info()
                        .title("Health Checker")
                        .version("v1")
                        .description("""
                                Watches services and tells when they go down. Register, log in, and send the token as \
                                `Authorization: Bearer <token>`. Every refusal is a problem (RFC 9457) that names the \
                                field. Live updates come by WebSocket at `/api/v1/services/ws`.""")
                        .license(new License().name("MIT").identifier("MIT")))
                .servers(List.of(new Server().url("/").description("This server")))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")
                                        .description("The `token` that POST /api/v1/auth/login answers.")));
    }

    @Bean
    @Lazy
    GlobalOperationCustomizer operationDetails() {
        return new OperationDetails();
    }

    @Bean
    @Lazy
    GlobalOpenApiCustomizer documentDetails() {
        return new DocumentDetails();
    }

    @Bean
    WebMvcConfigurer swaggerPage() {
        return new WebMvcConfigurer() {
            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                String version = new WebJarVersionLocator().version("swagger-ui");
                registry.addResourceHandler("/swagger/**")
                        .addResourceLocations(
                                "classpath:/io/healthchecker/api/swagger/",
                                "classpath:/META-INF/resources/webjars/swagger-ui/%s/".formatted(version))
                        .setCacheControl(CacheControl.maxAge(Duration.ofHours(1)));
            }

            @Override
            public void addViewControllers(ViewControllerRegistry registry) {
                for (String path : List.of("/swagger", "/swagger/", "/swagger-ui.html")) {
                    registry.addRedirectViewController(path, PAGE);
                }
            }
        };
    }
}
