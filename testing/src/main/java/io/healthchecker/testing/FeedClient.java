package io.healthchecker.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A command-line client of the live feed, as wscat is one: an Authorization and an Origin header, text messages. */
public final class FeedClient implements AutoCloseable {
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private FeedClient(int port, String token, @Nullable String subprotocol) {
        WebSocket.Builder builder = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Origin", "http://localhost:" + port);
        if (subprotocol != null) {
            builder.subprotocols(subprotocol);
        }
        this.socket = builder.buildAsync(URI.create("ws://localhost:" + port + "/api/v1/services/ws"), new Messages())
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    /** The inherited feed: one message per UP/DOWN change. */
    public static FeedClient inherited(int port, String token) {
        return new FeedClient(port, token, null);
    }

    /** The feed {@code hc.v1}. */
    public static FeedClient v1(int port, String token) {
        return new FeedClient(port, token, "hc.v1");
    }

    public void send(String message) {
        socket.sendText(message, true).orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** All messages so far, oldest first. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    /** Completes with the status code when the server closes, with 1006 when the connection breaks. */
    public CompletableFuture<Integer> closed() {
        return closed;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                messages.add(partial.toString());
                partial.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.complete(1006);
        }
    }
}
