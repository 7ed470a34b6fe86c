package io.healthchecker.standalone.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.ConfigurableEnvironment;

class SpringSettingsTest {
    @Test
    void translatesTheEnvironment() {
        var spring = environment(Map.of(
                "DATABASE_URL", "postgres://u:p@db/hc",
                "REDIS_URL", "redis://cache",
                "JWT_SECRET", "s",
                "PORT", ":9090"));

        assertThat(spring.getProperty("server.port")).isEqualTo("9090");
        assertThat(spring.getProperty("spring.datasource.url")).isEqualTo("jdbc:postgresql://db:5432/hc");
        assertThat(spring.getProperty("spring.datasource.username")).isEqualTo("u");
        assertThat(spring.getProperty("spring.datasource.password")).isEqualTo("p");
        assertThat(spring.getProperty("spring.data.redis.url")).isEqualTo("redis://cache:6379/0");
        assertThat(spring.getProperty("hc.auth.jwt-secret")).isEqualTo("s");
        assertThat(spring.getProperty("hc.auth.environment")).isEqualTo("development");
    }

    @Test
    void anyOtherVariableIsForSpringToRead() {
        assertThat(environment(Map.of("HC_AUTH_REGISTRATION", "false")).getProperty("HC_AUTH_REGISTRATION"))
                .isEqualTo("false");
    }

    @Test
    void programsReadTheLogInProductionAndPeopleInDevelopment() {
        assertThat(environment(Map.of("ENV", "production")).getProperty("logging.structured.format.console"))
                .isEqualTo("ecs");
        assertThat(environment(Map.of()).getProperty("logging.structured.format.console"))
                .isNull();
    }

    private static ConfigurableEnvironment environment(Map<String, String> values) {
        var variables = new Variables(values);
        var setup = Setup.of(variables);
        var settings = SpringSettings.of("worker", setup, setup.port().orElse(new Port(8080)));
        setup.database().ifPresent(settings::database);
        setup.redis().ifPresent(settings::redis);
        return settings.environment(variables);
    }
}
