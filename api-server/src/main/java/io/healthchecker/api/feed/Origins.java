package io.healthchecker.api.feed;

import io.healthchecker.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From which pages a browser may connect: our own, and those that are configured. */
final class Origins {
    private final Set<String> allowed;

    /** Origins as a browser sends them: {@code https://status.example.com}. */
    Origins(Collection<String> allowed) {
        this.allowed =
                allowed.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Lets a request without an origin pass, since no browser sends one.
     *
     * @throws ProblemException if the request comes from a page of somebody else
     */
    void refuseForeign(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null && !isAllowed(origin.toLowerCase(Locale.ROOT), request.getHeader("Host"))) {
            throw ProblemException.forbidden(
                    "pages of this origin may not connect; add it to hc.feed.allowed-origins if they should");
        }
    }

    // the scheme may differ, where something before us ends TLS
    private boolean isAllowed(String origin, @Nullable String host) {
        int authority = origin.indexOf("://");
        return allowed.contains(origin)
                || (authority > 0 && origin.substring(authority + 3).equalsIgnoreCase(host));
    }
}
