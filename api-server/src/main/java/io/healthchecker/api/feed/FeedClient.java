package io.healthchecker.api.feed;

import io.healthchecker.api.feed.Outlet.SlowClient;
import io.healthchecker.api.feed.Subscriber.Dialect;
import io.healthchecker.core.time.Ticker;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * One connected client. A thread of its own does all that concerns it, in {@link #run()}; others leave it messages and
 * wake it up. It takes events at its own pace, so nobody waits for it.
 */
final class FeedClient {
    private static final Logger LOG = LoggerFactory.getLogger(FeedClient.class);
    private static final int SNAPSHOT_PART = 500;
    private static final int SILENT_PINGS = 3;

    private final Subscriber subscriber;
    private final FeedSource source;
    private final FeedSettings settings;
    private final Ticker ticker;
    private final Outlet outlet;

    private final Semaphore wakeups = new Semaphore(0);
    private final Queue<ClientMessage> inbox = new ConcurrentLinkedQueue<>();
    private final Map<String, String> latest = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Farewell> ended = new AtomicReference<>();
    private volatile Map<Long, Long> watched = Map.of(); // service -> slot of the result that it has
    private volatile Set<Topic> topics = Set.of();
    private final AtomicInteger unanswered = new AtomicInteger(); // pings since it was heard

    // of its own thread
    private @Nullable Set<Long> serviceIds;
    private boolean subscribed;
    private boolean batches;
    private long cursor;
    private long pingedNanos;

    FeedClient(Subscriber subscriber, Connection connection, FeedSource source, FeedSettings settings, Ticker ticker) {
        this.subscriber = subscriber;
        this.source = source;
        this.settings = settings;
        this.ticker = ticker;
        this.outlet = new Outlet(connection, settings, ticker, wakeups);
        this.cursor = subscriber.since();
        this.pingedNanos = ticker.nanoTime();
        if (subscriber.dialect() == Dialect.INHERITED) {
            this.subscribed = true;
            this.topics = Set.of(Topic.STATES);
        }
    }

    Subscriber subscriber() {
        return subscriber;
    }

    /** Services whose results it wants to see. */
    Set<Long> watched() {
        return watched.keySet();
    }

    /** Whether a result is newer than the one that it has of this service; from now on it has it. */
    boolean isNews(long serviceId, long slot) {
        Map<Long, Long> seen = watched;
        Long before = seen.get(serviceId);
        return before != null && before < slot && seen.replace(serviceId, before, slot);
    }

    boolean wants(Topic topic) {
        return topics.contains(topic);
    }

    /** There may be something to do. */
    void wake() {
        if (wakeups.availablePermits() == 0) {
            wakeups.release();
        }
    }

    /** A message has come. */
    void receive(ClientMessage message) {
        heard();
        inbox.add(message); // bounded by the rate at which messages are let in
        wake();
    }

    /** It is alive. */
    void heard() {
        unanswered.set(0);
    }

    /** Leaves it a message of which only the newest is worth sending. */
    void leave(String key, String message) {
        latest.put(key, message);
        wake();
    }

    /** Ends it; the first reason counts. */
    void end(Farewell farewell) {
        ended.compareAndSet(null, farewell);
        wakeups.release();
    }

    /** Serves the client until it ends, and says why. */
    Farewell run() {
        Farewell farewell = serve();
        try {
            outlet.close(farewell);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return farewell;
    }

    private Farewell serve() {
        try {
            if (subscriber.dialect() == Dialect.HC_V1) {
                outlet.send(FeedJson.hello(ticker.epochMillis(), source.newest(), source.coverage()));
            }
            while (true) {
                Farewell end = ended.get();
                if (end != null) {
                    return end;
                }
                if (ticker.epochMillis() >= subscriber.caller().expiresAtMillis()) {
                    return Farewell.EXPIRED;
                }
                wakeups.drainPermits();
                boolean busy = answer();
                busy |= advance();
                busy |= hand();
                if (isPingDue()) {
                    if (unanswered.get() >= SILENT_PINGS) {
                        return Farewell.SILENT;
                    }
                    ping();
                    busy = true;
                }
                if (!busy && ended.get() == null) {
                    wakeups.tryAcquire(untilNextDutyMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (SlowClient slow) {
            return Farewell.slow(cursor);
        } catch (InterruptedException interrupted) {
            return Farewell.SHUTDOWN;
        } catch (DataAccessException unreachable) {
            LOG.warn(
                    "feed client lost its database account={} team={}",
                    subscriber.caller().accountId(),
                    subscriber.caller().teamId(),
                    unreachable);
            return Farewell.UNAVAILABLE;
        }
    }

    /** Answers what the client has said. */
    private boolean answer() throws InterruptedException, SlowClient {
        ClientMessage message = inbox.poll();
        switch (message) {
            case null -> {
                return false;
            }
            case ClientMessage.Subscribe wish -> subscribe(wish);
            case ClientMessage.Watch wish -> {
                List<Long> granted = source.ofTeam(subscriber.caller().teamId(), wish.serviceIds());
                watched = nothingSeenOf(granted);
                outlet.send(FeedJson.watching(granted));
            }
            case ClientMessage.Ping _ -> outlet.send(FeedJson.pong());
            case ClientMessage.Unreadable(var errors) -> outlet.send(FeedJson.error(errors));
        }
        return true;
    }

    private static Map<Long, Long> nothingSeenOf(List<Long> serviceIds) {
        Map<Long, Long> seen = new ConcurrentHashMap<>();
        serviceIds.forEach(id -> seen.put(id, Long.MIN_VALUE));
        return seen;
    }

    private void subscribe(ClientMessage.Subscribe wish) throws InterruptedException, SlowClient {
        serviceIds = wish.serviceIds();
        topics = Set.copyOf(wish.topics());
        batches = wish.batches();
        subscribed = true;
        Long after = wish.after();
        if (after == null) {
            sendSnapshot();
        } else if (source.isUnheardOf(after)) {
            outlet.send(FeedJson.gap(source.newest() + 1, after));
            sendSnapshot();
        } else {
            cursor = after;
        }
    }

    /** Sends the next events, if there are any. */
    private boolean advance() throws InterruptedException, SlowClient {
        if (!subscribed || cursor >= source.newest()) {
            return false;
        }
        switch (source.after(cursor, subscriber.caller().teamId())) {
            case FeedSource.Batch.Events(var events, var upTo) -> {
                send(events.stream().map(this::textOf).filter(Objects::nonNull).toList());
                cursor = upTo;
            }
            case FeedSource.Batch.Gone(var oldest) -> skipTo(oldest);
        }
        return true;
    }

    private void skipTo(long oldest) throws InterruptedException, SlowClient {
        if (subscriber.dialect() == Dialect.INHERITED) {
            cursor = oldest - 1; // it has no word for it
            return;
        }
        outlet.send(FeedJson.gap(cursor + 1, oldest - 1));
        sendSnapshot();
    }

    private @Nullable String textOf(FeedEvent event) {
        if (subscriber.dialect() == Dialect.INHERITED) {
            return event.flip();
        }
        boolean wanted = (event.topic() == null || topics.contains(event.topic()))
                && (serviceIds == null || serviceIds.contains(event.serviceId()));
        return wanted ? event.message() : null;
    }

    /** The events up to the snapshot's own are in it; those after it follow. */
    private void sendSnapshot() throws InterruptedException, SlowClient {
        Snapshots.Snapshot snapshot = source.snapshot(subscriber.caller().teamId(), serviceIds);
        List<ServiceNow> services = snapshot.services();
        int from = 0;
        do {
            int to = Math.min(services.size(), from + SNAPSHOT_PART);
            outlet.send(FeedJson.snapshot(snapshot.eventId(), services.subList(from, to), to < services.size()));
            from = to;
        } while (from < services.size());
        cursor = snapshot.eventId();
    }

    /** Hands over what was left for it. */
    private boolean hand() throws InterruptedException, SlowClient {
        List<String> messages = List.copyOf(latest.keySet()).stream()
                .map(latest::remove)
                .filter(Objects::nonNull)
                .toList();
        send(messages);
        return !messages.isEmpty();
    }

    private void send(List<String> messages) throws InterruptedException, SlowClient {
        for (String text : batches ? FeedJson.batches(messages) : messages) {
            outlet.send(text);
        }
    }

    private boolean isPingDue() {
        return ticker.nanoTime() - pingedNanos >= settings.ping().toNanos();
    }

    /** Pings are counted and not seconds: who could not be asked, since this process stood still, is not silent. */
    private void ping() throws InterruptedException, SlowClient {
        pingedNanos = ticker.nanoTime();
        unanswered.incrementAndGet();
        outlet.ping();
        if (subscriber.dialect() == Dialect.HC_V1) {
            long upTo = subscribed ? cursor : source.newest();
            outlet.send(FeedJson.ping(ticker.epochMillis(), upTo, source.coverage()));
        }
    }

    private long untilNextDutyMillis() {
        long ping = TimeUnit.NANOSECONDS.toMillis(pingedNanos + settings.ping().toNanos() - ticker.nanoTime());
        long expiry = subscriber.caller().expiresAtMillis() - ticker.epochMillis();
        return Math.max(1, Math.min(ping, expiry));
    }
}
