package io.healthchecker.api.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/** Shows a status page, and nothing else, at a host of its own. */
final class DomainFilter extends OncePerRequestFilter {
    private static final Pattern BADGE = Pattern.compile("/badge/[a-z0-9-]+/[a-z0-9-]+/[a-z]+\\.[a-z]+");

    private final PageShelf shelf;

    DomainFilter(PageShelf shelf) {
        this.shelf = shelf;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> slug = shelf.ofDomain(host(request));
        if (slug.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        String path = target(slug.get(), request.getRequestURI());
        if (path.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            request.getRequestDispatcher(path).forward(request, response);
        }
    }

    /** In small letters, and without the dot that ends a name which is whole. */
    private static String host(HttpServletRequest request) {
        String host = request.getServerName().toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** Where a path of the host leads, empty where nowhere: it is compared whole, since ".." in it would lead out. */
    private static String target(String slug, String path) {
        String own = "/status/" + slug;
        return switch (path) {
            case "/" -> own;
            case "/status.json" -> own + ".json";
            case "/feed.atom" -> own + ".atom";
            case "/api/v2/summary.json", "/api/v2/status.json" -> own + path;
            default ->
                path.equals(own)
                                || path.equals(own + ".json")
                                || path.equals(own + ".atom")
                                || (path.startsWith("/badge/" + slug + "/")
                                        && BADGE.matcher(path).matches())
                        ? path
                        : "";
        };
    }
}
