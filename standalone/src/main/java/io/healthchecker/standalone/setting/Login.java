package io.healthchecker.standalone.setting;

import io.healthchecker.core.secret.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Who we are to a server. */
public record Login(Optional<String> user, Optional<Secret> password) {

    /** The user information of a URL, percent-decoded; a plus is a plus there. */
    static Login of(URI uri) {
        String[] parts = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
        return new Login(
                Optional.of(decode(parts[0])).filter(user -> !user.isEmpty()),
                parts.length < 2 || parts[1].isEmpty() ? Optional.empty() : Optional.of(new Secret(decode(parts[1]))));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
