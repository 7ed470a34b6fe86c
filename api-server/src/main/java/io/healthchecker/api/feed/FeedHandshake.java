package io.healthchecker.api.feed;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Gate;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.feed.Subscriber.Dialect;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.ProblemType;
import io.healthchecker.api.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Decides before the upgrade who may connect; whoever may not gets a problem as its answer. */
final class FeedHandshake implements HandshakeInterceptor {
    private final Gate gate;
    private final Origins origins;
    private final FeedClients clients;
    private final EventRing ring;
    private final ProblemWriter problems;

    FeedHandshake(Gate gate, Origins origins, FeedClients clients, EventRing ring, ProblemWriter problems) {
        this.gate = gate;
        this.origins = origins;
        this.clients = clients;
        this.ring = ring;
        this.problems = problems;
    }

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes)
            throws IOException {
        HttpServletRequest servletRequest = ((ServletServerHttpRequest) request).getServletRequest();
        HttpServletResponse servletResponse = ((ServletServerHttpResponse) response).getServletResponse();
        try {
            Subscriber subscriber = subscriber(servletRequest);
            attributes.put(FeedHandler.SUBSCRIBER, subscriber);
            servletRequest.setAttribute(FeedHandler.SUBSCRIBER, subscriber);
            return true;
        } catch (ProblemException problem) {
            problems.write(servletRequest, servletResponse, problem);
            return false;
        } catch (DataAccessException unreachable) {
            problems.write(
                    servletRequest,
                    servletResponse,
                    new ProblemException(
                            ProblemType.UNAVAILABLE, "the database cannot be reached; try again in a moment"));
            return false;
        }
    }

    private Subscriber subscriber(HttpServletRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            throw new ProblemException(
                            ProblemType.MALFORMED, "this address speaks WebSocket; connect with ws:// or wss://")
                    .withHeader("Upgrade", "websocket");
        }
        if (request.getHeader("Authorization") == null) {
            // a browser came with a ticket; who can set that header is none, and may come from anywhere
            origins.refuseForeign(request);
        }
        gate.admit(request, Access.VIEWER, true);
        Principal principal = Gate.principal(request);
        Dialect dialect = protocols(request).contains(Dialect.HC_V1.word()) ? Dialect.HC_V1 : Dialect.INHERITED;
        var caller = new Caller(principal.accountId(), principal.teamId(), Gate.expiresAtMillis(request));
        Subscriber subscriber = new Subscriber(caller, dialect, ring.newest());
        return switch (clients.expect(subscriber)) {
            case OPEN -> subscriber;
            case FULL ->
                throw new ProblemException(
                        ProblemType.TOO_MANY_REQUESTS, "this account has too many live connections; close some");
            case CLOSING ->
                throw new ProblemException(ProblemType.UNAVAILABLE, "the server goes away; connect again in a moment");
        };
    }

    private static List<String> protocols(HttpServletRequest request) {
        return Collections.list(request.getHeaders(WebSocketHttpHeaders.SEC_WEBSOCKET_PROTOCOL)).stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(String::strip)
                .toList();
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception exception) {
        HttpServletRequest servletRequest = ((ServletServerHttpRequest) request).getServletRequest();
        int status = ((ServletServerHttpResponse) response).getServletResponse().getStatus();
        boolean isRefused = status != HttpServletResponse.SC_SWITCHING_PROTOCOLS; // by Spring or Jetty, without a word
        if ((exception != null || isRefused)
                && servletRequest.getAttribute(FeedHandler.SUBSCRIBER) instanceof Subscriber subscriber) {
            clients.isLost(subscriber);
        }
    }
}
