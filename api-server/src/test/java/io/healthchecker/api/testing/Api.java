package io.healthchecker.api.testing;

import io.healthchecker.api.ApiApplication;
import io.healthchecker.testing.TestPostgres;
import io.healthchecker.testing.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An api-server with a database and a Redis of its own. */
public final class Api implements AutoCloseable {
    /** Of {@link #shared()}. */
    public static final String SECRET = "a-secret-for-tests-of-at-least-32-bytes";

    /** A host that a status page may have for itself. */
    public static final String PAGE_DOMAIN = "status.example.org";

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private final PGSimpleDataSource database;
    private final ServletWebServerApplicationContext context;

    private Api(List<String> properties) {
        this.database = TestPostgres.freshDatabase();
        var all = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.datasource.url=" + database.getUrl(),
                "--spring.datasource.username=postgres",
                "--spring.data.redis.url=" + TestRedis.freshDatabase().toURI(),
                "--hc.auth.jwt-secret=" + SECRET,
                "--hc.auth.per-address=100000",
                "--hc.pages.domains=" + PAGE_DOMAIN,
                // tests write results into hours that are over
                "--hc.history.sums=false"));
        // said twice it would be a list
        all.removeIf(known -> properties.stream().anyMatch(own -> name(own).equals(name(known))));
        all.addAll(properties);
        this.context = (ServletWebServerApplicationContext)
                new SpringApplicationBuilder(ApiApplication.class).run(all.toArray(String[]::new));
    }

    private static String name(String property) {
        return property.substring(0, property.indexOf('='));
    }

    /** A server of one's own, with settings such as {@code --hc.auth.registration=false}. */
    public static Api start(String... properties) {
        return new Api(List.of(properties));
    }

    /** The server that most tests share: whoever registers sees only what is theirs. */
    public static Api shared() {
        return Shared.API;
    }

    public int port() {
        return context.getWebServer().getPort();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public ServletWebServerApplicationContext context() {
        return context;
    }

    /** Its database, to look behind the server. */
    public JdbcClient sql() {
        return JdbcClient.create(database);
    }

    /** Somebody who has not signed in. */
    public Caller anybody() {
        return new Caller("http://localhost:" + port(), Map.of());
    }

    /** Somebody new, with an account and a team. */
    public Person somebody() {
        String email = "person%d@example.com".formatted(PEOPLE.incrementAndGet());
        Answer answer = anybody()
                .post("/api/v1/auth/register", "{\"email\":\"%s\",\"password\":\"password123\"}".formatted(email));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.toString());
        }
        return new Person(
                anybody().bearing(answer.text("/token")),
                email,
                answer.json().at("/user/id").asInt(),
                answer.json().at("/user/teams/0/id").asInt());
    }

    /** Who registered. */
    public record Person(Caller caller, String email, int accountId, int teamId) {}

    @Override
    public void close() {
        context.close();
    }

    private static final class Shared {
        static final Api API = start();
    }
}
