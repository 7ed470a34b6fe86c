package io.healthchecker.api.feed;

import com.zaxxer.hikari.HikariDataSource;
import io.healthchecker.api.ApiApplication;
import io.healthchecker.api.testing.Api;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Another api-server beside one, on the same database and Redis, with settings of its own. */
record Replica(ServletWebServerApplicationContext context) implements AutoCloseable {
    static Replica of(Api api, String... settings) {
        var database = (HikariDataSource) api.bean(javax.sql.DataSource.class);
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.datasource.url=" + database.getJdbcUrl(),
                "--spring.datasource.username=postgres",
                "--spring.data.redis.url="
                        + api.context().getEnvironment().getRequiredProperty("spring.data.redis.url"),
                "--hc.auth.jwt-secret=" + Api.SECRET));
        arguments.addAll(List.of(settings));
        return new Replica((ServletWebServerApplicationContext)
                new SpringApplicationBuilder(ApiApplication.class).run(arguments.toArray(String[]::new)));
    }

    int port() {
        return context.getWebServer().getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
