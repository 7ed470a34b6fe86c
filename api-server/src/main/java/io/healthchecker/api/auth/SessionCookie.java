package io.healthchecker.api.auth;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.secret.Secret;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Keeps the refresh token of a browser where no script can read it. It counts only beside a header that a foreign page
 * cannot send without asking us first, and we allow none; so a link or form elsewhere does nothing with it.
 */
final class SessionCookie {
    /** Asks for the cookie, with the value {@code cookie}. */
    static final String HEADER = "X-Session";

    static final String NAME = "hc_refresh";

    private static final String PATH = "/api/v1/auth";

    private final Duration lifetime;

    SessionCookie(Duration lifetime) {
        this.lifetime = lifetime;
    }

    /**
     * Whether a request wants its refresh token in the cookie, or brings it there.
     *
     * @throws ProblemException if it asks for something else, or comes from a foreign page
     */
    boolean isAskedFor(HttpServletRequest request) {
        String how = request.getHeader(HEADER);
        if (how == null) {
            return false;
        }
        if (!how.equals("cookie")) {
            throw ProblemException.badParameter(HEADER, HEADER + " must be cookie, or absent");
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) {
            throw ProblemException.forbidden("the session of a browser belongs to our own pages");
        }
        return true;
    }

    /** Moves the refresh token from an answer into the cookie. */
    SessionView keep(SessionView session, HttpServletRequest request, HttpServletResponse response) {
        String token = session.refreshToken();
        if (token != null) {
            write(token, lifetime, request, response);
        }
        return session.withoutRefreshToken();
    }

    Optional<Secret> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return Stream.of(cookies == null ? new Cookie[0] : cookies)
                .filter(cookie ->
                        cookie.getName().equals(NAME) && !cookie.getValue().isEmpty())
                .map(cookie -> new Secret(cookie.getValue()))
                .findFirst();
    }

    void clear(HttpServletRequest request, HttpServletResponse response) {
        write("", Duration.ZERO, request, response);
    }

    private static void write(
            String value, Duration lifetime, HttpServletRequest request, HttpServletResponse response) {
        // what a proxy says of the connection before it can only make the browser stricter with its own cookie
        boolean secure = request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
        String cookie = ResponseCookie.from(NAME, value)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Strict")
                .path(PATH)
                .maxAge(lifetime)
                .build()
                .toString();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie);
    }
}
