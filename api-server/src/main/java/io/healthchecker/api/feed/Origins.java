package io.healthchecker.api.feed;

import io.healthchecker.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From which pages a browser may connect: our own, and those that are configured. */
final class Origins {
    private final Set<String> allowed;

    Origins(java.util.Collection<String> allowed) {
        this.allowed = allowed.stream().map(Origins::normal).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Lets a request without an origin pass, since no browser sends one.
     *
     * @throws ProblemException if the request comes from a page of somebody else
     */
    void refuseForeign(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null || normal(origin).equals(own(request)) || allowed.contains(normal(origin))) {
            return;
        }
        throw ProblemException.forbidden(
                "pages of this origin may not connect; add it to hc.feed.allowed-origins if they should");
    }

    private static String own(HttpServletRequest request) {
        return normal(request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort());
    }

    /** Scheme, host and port, in lower case and with the port spelled out. */
    private static String normal(String origin) {
        URI uri = parsed(origin);
        if (uri == null || uri.getScheme() == null || uri.getHost() == null) {
            return origin;
        }
        String scheme = uri.getScheme().toLowerCase(java.util.Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + uri.getHost().toLowerCase(java.util.Locale.ROOT) + ":" + port;
    }

    private static @Nullable URI parsed(String origin) {
        try {
            return URI.create(origin);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
