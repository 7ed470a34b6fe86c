package io.healthchecker.standalone.setting;

import io.healthchecker.core.secret.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Where Redis or Valkey is. */
public record RedisAddress(Endpoint at, int database, boolean tls, Login login) {
    /** How one is written. */
    public static final String EXAMPLE = "redis://host:6379 or rediss://user:password@host:6379/0";

    static RedisAddress parse(String name, String value) {
        URI uri = Endpoint.parse(name, value, Set.of("redis", "rediss"), EXAMPLE);
        String path = Optional.ofNullable(uri.getPath()).orElse("").replaceFirst("^/", "");
        if (!path.matches("[0-9]{0,3}")) {
            throw Endpoint.broken(name, "of database " + path, EXAMPLE);
        }
        return new RedisAddress(
                Endpoint.of(uri, 6379),
                path.isEmpty() ? 0 : Integer.parseInt(path),
                uri.getScheme().equals("rediss"),
                Login.of(uri));
    }

    /** One on this machine's loopback. */
    public static RedisAddress loopback(int port, Secret password) {
        return new RedisAddress(Endpoint.loopback(port), 0, false, new Login(Optional.empty(), Optional.of(password)));
    }

    /** The whole address, password included. */
    public Secret url() {
        String user = login.user().map(RedisAddress::encode).orElse("");
        String as = login.password()
                .map(password -> user + ":" + encode(password.reveal()) + "@")
                .orElse("");
        return new Secret("%s://%s%s/%d".formatted(tls ? "rediss" : "redis", as, at, database));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
