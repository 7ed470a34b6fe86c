package io.healthchecker.api.feed;

import io.healthchecker.api.feed.Subscriber.Dialect;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everyone who is connected to this replica. Each is served by a virtual thread of its own. */
final class FeedClients {
    private static final Logger LOG = LoggerFactory.getLogger(FeedClients.class);

    private final FeedMetrics metrics;
    private final Places places;
    private final Ticker ticker;
    private final Arrivals arrivals;
    private final Map<Integer, Set<FeedClient>> ofTeam = new ConcurrentHashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    FeedClients(FeedMetrics metrics, int perAccount, Ticker ticker) {
        this.metrics = metrics;
        this.places = new Places(perAccount);
        this.ticker = ticker;
        this.arrivals = new Arrivals(ticker, places::leave);
        for (Dialect dialect : Dialect.values()) {
            metrics.clients(dialect, () -> count(dialect));
        }
    }

    /** What becomes of somebody who wants to be a client. */
    enum Admission {
        /** Is let in; {@link #add} or {@link #isLost} follows. */
        OPEN,
        /** The account has as many connections as it may have. */
        FULL,
        /** This replica stops. */
        CLOSING
    }

    /** Lets a client in, if there is room: its place is taken before it hears so. */
    Admission expect(Subscriber subscriber) {
        arrivals.expect(subscriber);
        if (closed) { // looked at afterwards: who shuts down sees either the arrival or nobody
            arrivals.settle(subscriber);
            return Admission.CLOSING;
        }
        if (!places.take(subscriber)) {
            arrivals.settle(subscriber);
            return Admission.FULL;
        }
        return Admission.OPEN;
    }

    /** It was let in, but its connection came to nothing. */
    void isLost(Subscriber subscriber) {
        places.leave(subscriber);
        arrivals.settle(subscriber);
    }

    /** Begins to serve a client. */
    void add(FeedClient client) {
        Caller caller = client.subscriber().caller();
        ofTeam.compute(caller.teamId(), (_, before) -> {
            Set<FeedClient> clients = before == null ? ConcurrentHashMap.newKeySet() : before;
            clients.add(client);
            return clients;
        });
        if (closed) {
            client.end(Farewell.SHUTDOWN);
        } else if (!places.take(client.subscriber())) { // came so late that its place was given away
            client.end(Farewell.CROWD);
        }
        Thread thread =
                Thread.ofVirtual().name("feed-client-" + caller.accountId()).unstarted(() -> serve(client));
        threads.add(thread);
        thread.start();
        arrivals.settle(client.subscriber());
    }

    private void serve(FeedClient client) {
        try {
            Farewell farewell = client.run();
            metrics.ended(farewell.cause());
            Caller caller = client.subscriber().caller();
            LOG.info(
                    "feed client ended account={} team={} dialect={} cause={}",
                    caller.accountId(),
                    caller.teamId(),
                    client.subscriber().dialect().word(),
                    farewell.cause());
        } finally {
            remove(client);
        }
    }

    private void remove(FeedClient client) {
        places.leave(client.subscriber());
        Caller caller = client.subscriber().caller();
        ofTeam.computeIfPresent(caller.teamId(), (_, clients) -> {
            clients.remove(client);
            return clients.isEmpty() ? null : clients;
        });
        threads.remove(Thread.currentThread());
    }

    /** There are new events of these teams. */
    void wake(Collection<Integer> teamIds) {
        for (int teamId : teamIds) {
            ofTeam.getOrDefault(teamId, Set.of()).forEach(FeedClient::wake);
        }
    }

    /** Everyone, as of now or a little later. */
    Stream<FeedClient> all() {
        return ofTeam.values().stream().flatMap(Set::stream);
    }

    /** How many are connected. */
    int count() {
        return threads.size();
    }

    private long count(Dialect dialect) {
        return all().filter(client -> client.subscriber().dialect() == dialect).count();
    }

    /** Ends everyone for one reason. */
    void endAll(Farewell farewell) {
        all().forEach(client -> client.end(farewell));
    }

    /** Ends everyone and lets nobody in any more; who is not gone in time is not waited for. */
    void shutDown(Duration patience) throws InterruptedException {
        long deadline = ticker.nanoTime() + patience.toNanos();
        closed = true;
        arrivals.awaitNone(patience);
        endAll(Farewell.SHUTDOWN);
        for (Thread thread : threads) {
            if (!thread.join(Duration.ofNanos(Math.max(1, deadline - ticker.nanoTime())))) {
                thread.interrupt();
            }
        }
    }
}
