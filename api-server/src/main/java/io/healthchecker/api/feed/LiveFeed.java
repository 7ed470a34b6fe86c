package io.healthchecker.api.feed;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The feed of this replica as others in it see it. */
public final class LiveFeed {
    private final FeedClients clients;
    private final EventRing ring;
    private final Bulletin bulletin;
    private final FeedMetrics metrics;

    LiveFeed(FeedClients clients, EventRing ring, Bulletin bulletin, FeedMetrics metrics) {
        this.clients = clients;
        this.ring = ring;
        this.bulletin = bulletin;
        this.metrics = metrics;
    }

    /** How many clients are connected. */
    public int clients() {
        return clients.count();
    }

    /** Id of the newest event that is known here. */
    public long eventId() {
        return ring.newest();
    }

    /** Times that ids of events were not dense, or began anew, since this replica began. */
    public long gaps() {
        return metrics.gaps();
    }

    /** Times that old events were read from the database for a client, since this replica began. */
    public long replays() {
        return metrics.replays();
    }

    /** Everybody hears of it, at once when they connect and with each ping, until it is something else; null for nothing. */
    public void tellCoverage(@Nullable Object coverage) {
        bulletin.put(coverage == null ? null : FeedJson.text(coverage));
    }

    /** Tells those who asked for it how the product is doing; asks only if somebody did. */
    public void tellSystem(Supplier<Object> view) {
        List<FeedClient> listeners =
                clients.all().filter(client -> client.wants(Topic.SYSTEM)).toList();
        if (!listeners.isEmpty()) {
            String message = FeedJson.data("system", view.get());
            listeners.forEach(client -> client.leave("system", message));
        }
    }
}
