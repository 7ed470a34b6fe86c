package io.healthchecker.api.feed;

import io.healthchecker.api.feed.Subscriber.Dialect;
import io.healthchecker.core.time.Ticker;
import java.util.Objects;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/** Hands what happens on a socket to its {@link FeedClient}. */
final class FeedHandler implements WebSocketHandler {
    /** Attribute that the handshake leaves. */
    static final String SUBSCRIBER = "hc.subscriber";

    private static final String LINE = "hc.line";

    private final FeedClients clients;
    private final FeedSource source;
    private final FeedSettings settings;
    private final Ticker ticker;

    FeedHandler(FeedClients clients, FeedSource source, FeedSettings settings, Ticker ticker) {
        this.clients = clients;
        this.source = source;
        this.settings = settings;
        this.ticker = ticker;
    }

    private record Line(FeedClient client, JettyConnection connection, Allowance allowance) {}

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        Subscriber subscriber =
                (Subscriber) Objects.requireNonNull(session.getAttributes().get(SUBSCRIBER));
        Session jetty = Objects.requireNonNull(((NativeWebSocketSession) session).getNativeSession(Session.class));
        JettyConnection connection = new JettyConnection(jetty);
        FeedClient client = new FeedClient(subscriber, connection, source, settings, ticker);
        session.getAttributes()
                .put(LINE, new Line(client, connection, new Allowance(settings.messagesPerSecond(), ticker)));
        clients.add(client);
    }

    @Override
    public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
        Line line = line(session);
        if (line == null) {
            return;
        }
        switch (message) {
            case PongMessage _ -> line.client.heard();
            case TextMessage text -> {
                if (!line.allowance.take()) {
                    line.client.end(Farewell.FLOOD);
                } else if (line.client.subscriber().dialect() == Dialect.HC_V1) {
                    line.client.receive(ClientMessage.read(text.getPayload()));
                } else {
                    line.client.heard(); // the inherited feed never listened
                }
            }
            case BinaryMessage _ -> line.client.end(Farewell.BINARY);
            default -> {}
        }
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable exception) {
        Line line = line(session);
        if (line != null) {
            line.client.end(Farewell.BROKEN);
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        Line line = line(session);
        if (line != null) {
            line.connection.closed();
            line.client.end(Farewell.GONE);
        }
    }

    @Override
    public boolean supportsPartialMessages() {
        return false;
    }

    private static @Nullable Line line(WebSocketSession session) {
        return (Line) session.getAttributes().get(LINE);
    }
}
