package io.healthchecker.e2e.apart;

import io.healthchecker.testing.FeedClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A dashboard that loses its connection again and again, and goes on behind the last event that it has seen. */
final class ResumingClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String token;
    private final List<Long> ids = new ArrayList<>();
    private @Nullable FeedClient connection;
    private int read;
    private int gaps;

    ResumingClient(String token) {
        this.token = token;
    }

    /** Connects to a port, behind what it has seen; false if nobody answers there. */
    boolean connect(int port) {
        close();
        try {
            FeedClient client = FeedClient.v1(port, token);
            connection = client;
            read = 0;
            client.send("{\"type\":\"subscribe\",\"after\":%d}".formatted(last()));
            return true;
        } catch (CompletionException refused) {
            return false;
        }
    }

    boolean connected() {
        return connection != null && !connection.closed().isDone();
    }

    /** Takes in what has arrived. */
    void read() {
        if (connection == null) {
            return;
        }
        List<String> messages = connection.messages();
        for (; read < messages.size(); read++) {
            JsonNode message = JSON.readTree(messages.get(read));
            switch (message.path("type").asString()) {
                case "event" -> ids.add(message.path("id").asLong());
                case "gap" -> gaps++;
                default -> {} // hello, snapshot, ping
            }
        }
    }

    long last() {
        return ids.isEmpty() ? 0 : ids.getLast();
    }

    List<Long> ids() {
        return List.copyOf(ids);
    }

    int gaps() {
        return gaps;
    }

    @Override
    public void close() {
        if (connection != null) {
            read();
            connection.close();
            connection = null;
        }
    }
}
