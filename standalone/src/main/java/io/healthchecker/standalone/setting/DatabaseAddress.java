package io.healthchecker.standalone.setting;

import io.healthchecker.core.secret.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Where PostgreSQL is; {@code parameters} are pgjdbc's, for example {@code sslmode=disable}. */
public record DatabaseAddress(Endpoint at, String database, Login login, String parameters) {
    /** How one is written. */
    public static final String EXAMPLE = "postgres://user:password@host:5432/database?sslmode=disable";

    static DatabaseAddress parse(String name, String value) {
        URI uri = Endpoint.parse(name, value, Set.of("postgres", "postgresql"), EXAMPLE);
        String path = Optional.ofNullable(uri.getPath()).orElse("");
        if (path.length() < 2) {
            throw Endpoint.broken(name, "without a database", EXAMPLE);
        }
        return new DatabaseAddress(
                Endpoint.of(uri, 5432),
                path.substring(1),
                Login.of(uri),
                jdbcParameters(Optional.ofNullable(uri.getRawQuery()).orElse("")));
    }

    /** One on this machine's loopback. */
    public static DatabaseAddress loopback(int port, String database, String user, Secret password) {
        Login login = new Login(Optional.of(user), Optional.of(password));
        return new DatabaseAddress(Endpoint.loopback(port), database, login, "sslmode=disable");
    }

    /** The address without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s/%s%s".formatted(at, database, parameters.isEmpty() ? "" : "?" + parameters);
    }

    /** libpq's names of what pgjdbc calls otherwise. */
    private static String jdbcParameters(String query) {
        return query.replaceAll("(^|&)connect_timeout=", "$1connectTimeout=")
                .replaceAll("(^|&)application_name=", "$1ApplicationName=")
                .replaceAll("(^|&)search_path=", "$1currentSchema=");
    }
}
