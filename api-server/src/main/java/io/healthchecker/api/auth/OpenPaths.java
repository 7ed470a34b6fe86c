package io.healthchecker.api.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a request need not say who it comes from: signing in, the documentation, the files of the dashboard, status pages
 * and badges, health and metrics. All else is closed.
 */
public final class OpenPaths {
    private static final Set<String> POST =
            Set.of("/api/v1/auth/register", "/api/v1/auth/login", "/api/v1/auth/refresh");

    private static final Set<String> GET = Set.of(
            "/",
            "/favicon.ico",
            "/openapi.json",
            "/actuator/health",
            "/actuator/prometheus",
            "/swagger",
            "/swagger-ui.html",
            "/login",
            "/register",
            "/services",
            "/incidents",
            "/maintenance",
            "/channels",
            "/status-pages",
            "/admin",
            "/wall");

    private static final List<String> GET_BELOW = List.of(
            "/swagger/",
            "/actuator/health/",
            "/assets/",
            "/services/",
            "/incidents/",
            "/maintenance/",
            "/channels/",
            "/status-pages/",
            "/admin/",
            "/wall/",
            "/k8s/",
            "/status/",
            "/embed/",
            "/badge/",
            "/api/badge/",
            "/api/v1/endpoints/");

    private static final Pattern BEYOND_ASCII = Pattern.compile("%[89A-Fa-f][0-9A-Fa-f]");
    private static final String HEARTBEATS = "/api/v1/heartbeats/"; // the token in the path is enough

    private OpenPaths() {}

    static boolean contains(HttpServletRequest request) {
        // a byte beyond ASCII is part of a letter and means nothing else: badges may be of names with umlauts
        String path = BEYOND_ASCII.matcher(request.getRequestURI()).replaceAll("_");
        if (path.contains("..") || path.contains("//") || path.contains(";") || path.contains("%")) {
            return false; // an open path has none of these, so this one may mean another
        }
        return switch (request.getMethod()) {
            case "POST" -> POST.contains(path) || path.startsWith(HEARTBEATS);
            case "GET", "HEAD" ->
                GET.contains(path)
                        || path.startsWith(HEARTBEATS)
                        || GET_BELOW.stream().anyMatch(path::startsWith);
            default -> false;
        };
    }
}
