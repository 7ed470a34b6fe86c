package io.healthchecker.api.feed;

import static org.awaitility.Awaitility.await;

import io.healthchecker.api.testing.Api.Person;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket client that remembers what it hears. */
final class Ear implements WebSocket.Listener, AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final boolean deaf;
    private volatile int closeCode;
    private volatile String closeReason = "";
    private volatile @Nullable WebSocket socket;

    private Ear(boolean deaf) {
        this.deaf = deaf;
    }

    /** How somebody connects. */
    record Approach(int port, List<String> protocols, List<String> headers, boolean deaf) {
        static Approach to(int port) {
            return new Approach(port, List.of(), List.of(), false);
        }

        /** With the token of somebody. */
        Approach as(Person person) {
            return with(
                    "Authorization",
                    Objects.requireNonNull(person.caller().headers().get("Authorization")));
        }

        Approach with(String name, String value) {
            List<String> more = new ArrayList<>(headers);
            more.add(name);
            more.add(value);
            return new Approach(port, protocols, more, deaf);
        }

        Approach speaking(String... words) {
            return new Approach(port, List.of(words), headers, deaf);
        }

        /** Connects, but never takes a message. */
        Approach notListening() {
            return new Approach(port, protocols, headers, true);
        }

        Ear connect() {
            Ear ear = new Ear(deaf);
            var builder = HTTP.newWebSocketBuilder().connectTimeout(PATIENCE);
            for (int i = 0; i < headers.size(); i += 2) {
                builder.header(headers.get(i), headers.get(i + 1));
            }
            if (!protocols.isEmpty()) {
                builder.subprotocols(
                        protocols.getFirst(),
                        protocols.subList(1, protocols.size()).toArray(String[]::new));
            }
            ear.socket = builder.buildAsync(URI.create("ws://localhost:" + port + "/api/v1/services/ws"), ear)
                    .join();
            return ear;
        }

        /** The status with which a connection is refused. */
        int refusal() {
            try (Ear ear = connect()) {
                throw new AssertionError("connected: " + ear.heard());
            } catch (CompletionException e) {
                if (e.getCause() instanceof WebSocketHandshakeException refused) {
                    return refused.getResponse().statusCode();
                }
                throw e;
            }
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (!deaf) {
            opened.request(1);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            heard.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeReason = reason;
        closeCode = code;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        if (closeCode == 0) {
            closeCode = 1006;
        }
    }

    String protocol() {
        return socket().getSubprotocol();
    }

    Ear say(String text) {
        socket().sendText(text, true).join();
        return this;
    }

    /** Waits until so many pings were answered, or the connection has ended. */
    void awaitAnswers(int pings) {
        await(pings + " answers")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> isClosed() || heard("pong").size() >= pings);
    }

    /** Sends binary data. */
    void mumble() {
        socket().sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
    }

    List<String> heard() {
        return List.copyOf(heard);
    }

    List<JsonNode> heard(String type) {
        return heard.stream()
                .map(JSON::readTree)
                .filter(message -> message.path("type").asString("").equals(type))
                .toList();
    }

    List<Long> eventIds() {
        return heard("event").stream().map(event -> event.path("id").asLong()).toList();
    }

    JsonNode hear(String type) {
        return hear(type, message -> true);
    }

    JsonNode hear(String type, Predicate<JsonNode> that) {
        return await("a message of type " + type)
                .atMost(PATIENCE)
                .until(() -> heard(type).stream().filter(that).findFirst(), java.util.Optional::isPresent)
                .orElseThrow();
    }

    /** Waits until so many messages were heard. */
    List<String> hear(int count) {
        await(count + " messages").atMost(PATIENCE).until(() -> heard.size() >= count);
        return heard();
    }

    int awaitClose() {
        await("the end of the connection").atMost(PATIENCE).until(() -> closeCode != 0);
        return closeCode;
    }

    String closeReason() {
        return closeReason;
    }

    boolean isClosed() {
        return closeCode != 0;
    }

    private WebSocket socket() {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        return open;
    }

    @Override
    public void close() {
        socket().abort();
    }
}
