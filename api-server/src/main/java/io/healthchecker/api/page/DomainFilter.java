package io.healthchecker.api.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** Shows a status page, and nothing else, at a host of its own. */
final class DomainFilter extends OncePerRequestFilter {
    private final PageShelf shelf;

    DomainFilter(PageShelf shelf) {
        this.shelf = shelf;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> slug = shelf.ofDomain(request.getServerName().toLowerCase(Locale.ROOT));
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

    /** Where a path of the host leads, empty where nowhere. */
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
                                || path.startsWith("/badge/" + slug + "/")
                        ? path
                        : "";
        };
    }
}
