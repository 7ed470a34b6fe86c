package io.healthchecker.standalone.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.standalone.StartFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetupTest {
    private static final String THIRTY_BYTES = "your-super-secret-jwt-key-here";

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ENV          | staging                     | ENV is staging; it must be development or production
            PORT         | 65536                       | PORT is 65536; it must be a port from 1 to 65535, for example 8080 or :8080
            PORT         | -1                          | PORT is -1; it must be a port from 1 to 65535, for example 8080 or :8080
            PORT         | http                        | PORT is http; it must be a port from 1 to 65535, for example 8080 or :8080
            PORT         | ::8080                      | PORT is ::8080; it must be a port from 1 to 65535, for example 8080 or :8080
            DATABASE_URL | mysql://h/d                 | DATABASE_URL is of scheme mysql; it must look like postgres://user:password@host:5432/database?sslmode=disable
            DATABASE_URL | postgres://u:hunter2@h:5432 | DATABASE_URL is without a database; it must look like postgres://user:password@host:5432/database?sslmode=disable
            DATABASE_URL | postgres:///d               | DATABASE_URL is without a host name; it must look like postgres://user:password@host:5432/database?sslmode=disable
            DATABASE_URL | //u:hunter2@h/d             | DATABASE_URL is without a scheme; it must look like postgres://user:password@host:5432/database?sslmode=disable
            REDIS_URL    | http://h                    | REDIS_URL is of scheme http; it must look like redis://host:6379 or rediss://user:password@host:6379/0
            REDIS_URL    | redis://h/zero              | REDIS_URL is of database zero; it must look like redis://host:6379 or rediss://user:password@host:6379/0
            """)
    void refusesWhatItCannotUseInOneLineThatNamesIt(String name, String value, String message) {
        assertThatThrownBy(() -> setup(name, value))
                .isInstanceOf(StartFailure.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres://u:hunter2 x@h/d", "postgres://u:hunter2@h:port/d"})
    void neverRepeatsAPassword(String url) {
        assertThatThrownBy(() -> setup("DATABASE_URL", url)).hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            postgres://u:p@db:5433/hc?sslmode=disable           | jdbc:postgresql://db:5433/hc?sslmode=disable                     | u   | p
            postgresql://u@db/hc                                | jdbc:postgresql://db:5432/hc                                     | u   |
            postgres://db/hc                                    | jdbc:postgresql://db:5432/hc                                     |     |
            postgres://u%40x:p%2F%3A+1@db/hc                    | jdbc:postgresql://db:5432/hc                                     | u@x | p/:+1
            postgres://u:a:b@db/hc                              | jdbc:postgresql://db:5432/hc                                     | u   | a:b
            postgres://u:p@[::1]:5432/hc                        | jdbc:postgresql://[::1]:5432/hc                                  | u   | p
            postgres://u:p@db/hc?sslmode=require&connect_timeout=3 | jdbc:postgresql://db:5432/hc?sslmode=require&connectTimeout=3 | u   | p
            """)
    void readsTheDatabaseAsGoProgramsDo(String url, String jdbc, String user, String password) {
        var database = setup("DATABASE_URL", url).database().orElseThrow();

        assertThat(database.jdbcUrl()).isEqualTo(jdbc);
        assertThat(database.login().user().orElse(null)).isEqualTo(user);
        assertThat(database.login().password().map(Secret::reveal).orElse(null)).isEqualTo(password);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            redis://cache                    | redis://cache:6379/0
            redis://cache:6380/3             | redis://cache:6380/3
            rediss://u:p%40ss@cache          | rediss://u:p%40ss@cache:6379/0
            redis://:p@cache/                | redis://:p@cache:6379/0
            redis://[::1]:6379               | redis://[::1]:6379/0
            """)
    void readsRedisWithAndWithoutItsParts(String url, String whole) {
        assertThat(setup("REDIS_URL", url).redis().orElseThrow().url().reveal()).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({":8080, 8080", "8080, 8080", "1, 1", "65535, 65535"})
    void takesAPortWithAndWithoutColon(String value, int port) {
        assertThat(setup("PORT", value).port()).contains(new Port(port));
    }

    @Test
    void aBlankVariableIsAnAbsentOne() {
        var setup = Setup.of(new Variables(Map.of("ENV", "", "PORT", " ", "DATABASE_URL", "", "JWT_SECRET", "")));

        assertThat(setup.mode()).isEqualTo(Mode.DEVELOPMENT);
        assertThat(setup.port()).isEmpty();
        assertThat(setup.database()).isEmpty();
        assertThat(setup.signingSecret()).isEmpty();
    }

    @Test
    void aShortSigningSecretIsForDevelopmentOnly() {
        var variables = new HashMap<>(Map.of("JWT_SECRET", THIRTY_BYTES));
        assertThat(Setup.of(new Variables(variables)).signingSecret()).isPresent();

        variables.put("ENV", "production");
        assertThatThrownBy(() -> Setup.of(new Variables(variables)))
                .isInstanceOf(StartFailure.class)
                .hasMessage("JWT_SECRET has 30 bytes; it needs at least 32, for example from: openssl rand -base64 32");
    }

    @Test
    void printsNoSecret() {
        var setup = Setup.of(new Variables(Map.of(
                "DATABASE_URL", "postgres://u:hunter2@h/d",
                "REDIS_URL", "redis://:hunter2@h",
                "JWT_SECRET", "hunter2")));

        assertThat(Objects.toString(setup)).doesNotContain("hunter2");
    }

    private static Setup setup(String name, String value) {
        return Setup.of(new Variables(Map.of(name, value)));
    }
}
