package io.healthchecker.api.feed;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the live feed behaves.
 *
 * @param poll how often new events are looked for when nobody wakes us, 10 ms to 5 s
 * @param ring how many of the newest events are kept in memory, 100 to 1 000 000
 * @param ping how often a client is pinged, 1 to 60 s; one that stays silent for three of them is closed
 * @param sendBufferBytes how much may wait to be taken by one client, 4 096 to 16 777 216 bytes
 * @param stall how long a client may leave that buffer full before it is closed, 100 ms to 60 s
 * @param clientsPerAccount how many connections one account may hold at one replica, 1 to 10 000
 * @param messagesPerSecond how many messages a client may send, 1 to 1 000 a second
 * @param allowedOrigins origins, beside our own, from which a browser may connect with a ticket
 */
@ConfigurationProperties("hc.feed")
public record FeedSettings(
        @DefaultValue("250ms") Duration poll,
        @DefaultValue("10000") int ring,
        @DefaultValue("15s") Duration ping,
        @DefaultValue("131072") int sendBufferBytes,
        @DefaultValue("5s") Duration stall,
        @DefaultValue("50") int clientsPerAccount,
        @DefaultValue("10") int messagesPerSecond,
        @DefaultValue List<String> allowedOrigins) {
    public FeedSettings {
        between("hc.feed.poll", poll, Duration.ofMillis(10), Duration.ofSeconds(5));
        between("hc.feed.ring", ring, 100, 1_000_000);
        between("hc.feed.ping", ping, Duration.ofSeconds(1), Duration.ofSeconds(60));
        between("hc.feed.send-buffer-bytes", sendBufferBytes, 4_096, 16_777_216);
        between("hc.feed.stall", stall, Duration.ofMillis(100), Duration.ofSeconds(60));
        between("hc.feed.clients-per-account", clientsPerAccount, 1, 10_000);
        between("hc.feed.messages-per-second", messagesPerSecond, 1, 1_000);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    private static <T extends Comparable<T>> void between(String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s is %s; it must be %s to %s".formatted(name, value, least, most));
        }
    }
}
