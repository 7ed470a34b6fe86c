package io.healthchecker.standalone.setting;

import io.healthchecker.core.secret.Secret;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The environment's words in Spring's: the one place where they are translated, whichever process starts. */
public final class SpringSettings {
    private final Map<String, Object> properties = new HashMap<>();

    private SpringSettings() {}

    /** What every process has in common; {@code process} is also the name of the file with its own constants. */
    public static SpringSettings of(String process, Setup setup, Port port) {
        boolean production = setup.mode() == Mode.PRODUCTION;
        var settings = new SpringSettings()
                .with("spring.application.name", "health-checker-" + process)
                .with("spring.config.location", "optional:classpath:/")
                .with("spring.config.name", "health-checker," + process)
                .with("server.port", port.number())
                .with("hc.auth.environment", production ? "production" : "development");
        setup.signingSecret().ifPresent(settings::signingSecret);
        return production
                ? settings.with("logging.structured.format.console", "ecs")
                : settings.with("logging.pattern.console", "%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n%wEx");
    }

    public SpringSettings database(DatabaseAddress address) {
        address.login().user().ifPresent(user -> with("spring.datasource.username", user));
        address.login().password().ifPresent(password -> with("spring.datasource.password", password.reveal()));
        return with("spring.datasource.url", address.jdbcUrl());
    }

    public SpringSettings redis(RedisAddress address) {
        return with("spring.data.redis.url", address.url().reveal());
    }

    public SpringSettings signingSecret(Secret secret) {
        return with("hc.auth.jwt-secret", secret.reveal());
    }

    public SpringSettings with(String name, Object value) {
        properties.put(name, value);
        return this;
    }

    /** A Spring environment in which these settings win, then the variables, those of {@code .env} included. */
    public ConfigurableEnvironment environment(Variables variables) {
        var environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(name, new SystemEnvironmentPropertySource(name, new HashMap<>(variables.values())));
        environment.getPropertySources().addFirst(new MapPropertySource("settings", properties));
        return environment;
    }
}
