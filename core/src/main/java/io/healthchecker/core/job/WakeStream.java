package io.healthchecker.core.job;

import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

/**
 * Wake-ups between processes. Polling is the truth: a wake-up that is lost costs one polling interval and nothing else.
 */
public final class WakeStream implements AutoCloseable {
    private static final String CHANNEL = "hc:wake";

    /** What there is to look at. */
    public enum Wake {
        /** A definition changed: {@code service_change} has news. */
        CHANGE("change"),
        /** Events were committed: {@code event} has news. */
        EVENT("event");

        private final String payload;

        Wake(String payload) {
            this.payload = payload;
        }
    }

    private final StatefulRedisPubSubConnection<String, String> connection;

    public WakeStream(RedisClient client) {
        this.connection = client.connectPubSub();
    }

    /** Wakes whoever listens; does not wait, and does nothing while there is no connection. */
    public void publish(Wake wake) {
        if (connection.isOpen()) {
            connection.async().publish(CHANNEL, wake.payload);
        }
    }

    /** Calls back at each wake-up of one kind, on a thread that must not be held up. */
    public void listen(Wake wake, Runnable callback) {
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                if (message.equals(wake.payload)) {
                    callback.run();
                }
            }
        });
        connection.async().subscribe(CHANNEL);
    }

    @Override
    public void close() {
        connection.close();
    }
}
