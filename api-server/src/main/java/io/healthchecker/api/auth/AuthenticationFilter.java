package io.healthchecker.api.auth;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.ProblemType;
import io.healthchecker.api.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Stops every request that does not say who it comes from, except on {@link OpenPaths}. */
public final class AuthenticationFilter extends OncePerRequestFilter {
    private static final String BEARER = "bearer ";

    private final AccessTokens tokens;
    private final ApiTokens apiTokens;
    private final Tickets tickets;
    private final ProblemWriter writer;

    AuthenticationFilter(AccessTokens tokens, ApiTokens apiTokens, Tickets tickets, ProblemWriter writer) {
        this.tokens = tokens;
        this.apiTokens = apiTokens;
        this.tickets = tickets;
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!OpenPaths.contains(request)) {
            try {
                Gate.identify(request, holder(request));
            } catch (ProblemException problem) {
                writer.write(request, response, problem);
                return;
            } catch (DataAccessException away) {
                writer.write(
                        request,
                        response,
                        new ProblemException(
                                ProblemType.UNAVAILABLE, "tokens cannot be read at the moment; try again"));
                return;
            }
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return true; // the error page says what went wrong, to whoever asked
    }

    private Tickets.Holder holder(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null) {
            if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
                throw AccessTokens.refused("Authorization must be Bearer and a token");
            }
            String token = header.substring(BEARER.length()).strip();
            return token.startsWith(ApiTokens.PREFIX)
                    ? apiTokens.holderOf(token, request.getRemoteAddr())
                    : tokens.holderOf(token);
        }
        return ticket(request).flatMap(tickets::redeem).orElseThrow(AuthenticationFilter::missing);
    }

    // a browser cannot send an Authorization header with a WebSocket, but subprotocols
    private static Optional<String> ticket(HttpServletRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            return Optional.empty();
        }
        return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(String::strip)
                .filter(protocol -> protocol.startsWith(Tickets.SUBPROTOCOL))
                .map(protocol -> protocol.substring(Tickets.SUBPROTOCOL.length()))
                .findFirst();
    }

    static ProblemException missing() {
        return new ProblemException(
                        ProblemType.UNAUTHENTICATED,
                        "no token; log in at POST /api/v1/auth/login and send Authorization: Bearer <token>")
                .withHeader("WWW-Authenticate", "Bearer realm=\"health-checker\"");
    }
}
