package io.healthchecker.worker.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/** A WebSocket server of Jetty whose paths say what it does; it remembers messages and how sessions were closed. */
final class WebsocketServer implements AutoCloseable {
    private static final List<String> PATHS = List.of(
            "/echo",
            "/orderly",
            "/greeting",
            "/many",
            "/refusing",
            "/binary",
            "/parts",
            "/ping",
            "/big",
            "/silent",
            "/live");

    private final Server server = new Server();
    private final ServerConnector connector;
    private final Queue<String> messages = new ConcurrentLinkedQueue<>();
    private final Queue<String> closings = new ConcurrentLinkedQueue<>();

    private WebsocketServer(@Nullable SSLContext tls, boolean demanding) {
        var http = new HttpConnectionFactory();
        connector = tls == null
                ? new ServerConnector(server, 1, 1, http)
                : new ServerConnector(server, 1, 1, terminator(tls, demanding, http), http);
    }

    private static SslConnectionFactory terminator(SSLContext tls, boolean demanding, HttpConnectionFactory next) {
        SslContextFactory.Server wanted = new SslContextFactory.Server();
        wanted.setSslContext(tls);
        wanted.setNeedClientAuth(demanding);
        wanted.setSniRequired(false);
        SslConnectionFactory factory = new SslConnectionFactory(wanted, next.getProtocol());
        factory.setEnsureSecureRequestCustomizer(
                false); // whoever asks for one name by SNI and for another by Host is served
        return factory;
    }

    static WebsocketServer start() throws Exception {
        return start(new WebsocketServer(null, false));
    }

    /** An encrypted one, which may demand a certificate of its clients. */
    static WebsocketServer encrypted(SSLContext tls, boolean demanding) throws Exception {
        return start(new WebsocketServer(tls, demanding));
    }

    private static WebsocketServer start(WebsocketServer started) throws Exception {
        started.connector.setHost("127.0.0.1");
        started.server.addConnector(started.connector);
        started.server.setHandler(WebSocketUpgradeHandler.from(
                started.server,
                container -> PATHS.forEach(path -> container.addMapping(
                        path, (request, response, callback) -> started.accept(path, request, response)))));
        started.server.start();
        return started;
    }

    private Object accept(String path, ServerUpgradeRequest request, ServerUpgradeResponse response) {
        if (request.getSubProtocols().contains("hc.v1")) {
            response.setAcceptedSubProtocol("hc.v1");
        }
        if (path.equals("/live")) {
            response.setAcceptedSubProtocol("prices.v1");
        }
        return new Endpoint(path);
    }

    int port() {
        return connector.getLocalPort();
    }

    String url(String path) {
        return "ws://127.0.0.1:%d%s".formatted(port(), path);
    }

    /** Text messages that came. */
    Queue<String> messages() {
        return messages;
    }

    /** Paths, and the codes by which clients closed their sessions there. */
    Queue<String> closings() {
        return closings;
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    /** One session. Public, as Jetty finds its methods by reflection. */
    public final class Endpoint implements Session.Listener.AutoDemanding {
        private final String path;
        private Session session;

        Endpoint(String path) {
            this.path = path;
        }

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
            switch (path) {
                case "/greeting" -> opened.sendText("welcome", Callback.NOOP);
                case "/refusing" -> opened.close(1008, "no such customer", Callback.NOOP);
                case "/many" -> many(20);
                default -> {}
            }
        }

        private void many(int left) {
            if (left > 0) {
                session.sendText("number " + left, Callback.from(() -> many(left - 1), _ -> {}));
            }
        }

        @Override
        public void onWebSocketText(String message) {
            messages.add(message);
            switch (path) {
                case "/echo", "/orderly", "/greeting" -> session.sendText(message, Callback.NOOP);
                case "/binary" ->
                    session.sendBinary(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), Callback.NOOP);
                case "/parts" -> {
                    int half = message.length() / 2;
                    session.sendPartialText(
                            message.substring(0, half),
                            false,
                            Callback.from(
                                    () -> session.sendPartialText(message.substring(half), true, Callback.NOOP),
                                    _ -> {}));
                }
                case "/live" -> session.sendText(message.equals("ping") ? "pong" : "what?", Callback.NOOP);
                case "/ping" -> session.sendPing(ByteBuffer.wrap(new byte[] {1, 2}), Callback.NOOP);
                case "/big" -> session.sendText("a".repeat(65_536 - 3) + message, Callback.NOOP);
                default -> {}
            }
        }

        @Override
        public void onWebSocketPong(ByteBuffer payload) {
            session.sendText("pong of %d bytes".formatted(payload.remaining()), Callback.NOOP);
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            // a client that is gone before it was answered
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            closings.add(path + " " + code);
            callback.succeed();
        }
    }
}
