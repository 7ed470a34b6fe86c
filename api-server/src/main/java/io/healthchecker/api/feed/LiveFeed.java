package io.healthchecker.api.feed;

import java.util.List;
import java.util.function.Supplier;

/** The feed of this replica as others in it see it. */
public final class LiveFeed {
    private final FeedClients clients;
    private final EventRing ring;

    LiveFeed(FeedClients clients, EventRing ring) {
        this.clients = clients;
        this.ring = ring;
    }

    /** How many clients are connected. */
    public int clients() {
        return clients.count();
    }

    /** Id of the newest event that is known here. */
    public long eventId() {
        return ring.newest();
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
