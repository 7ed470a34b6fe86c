package io.healthchecker.api.feed;

import io.healthchecker.api.feed.Subscriber.Dialect;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** What is measured of the feed. */
final class FeedMetrics {
    private final MeterRegistry registry;
    private final Counter events;
    private final Counter gaps;
    private final Counter replays;
    private final Timer delay;

    FeedMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.events = Counter.builder("hc.feed.events")
                .description("Events that this replica has read")
                .register(registry);
        this.gaps = Counter.builder("hc.feed.gaps")
                .description("Times that event ids were not dense, or began anew")
                .register(registry);
        this.replays = Counter.builder("hc.feed.replays")
                .description("Reads of old events from the database, for clients behind the ring")
                .register(registry);
        this.delay = Timer.builder("hc.feed.delay")
                .description("From an event being written to this replica having it")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    void clients(Dialect dialect, Supplier<Number> count) {
        Gauge.builder("hc.feed.clients", count)
                .description("Connected WebSocket clients")
                .tag("dialect", dialect.word())
                .register(registry);
    }

    void newest(Supplier<Number> id) {
        Gauge.builder("hc.feed.event.id", id)
                .description("Id of the newest event that this replica has")
                .register(registry);
    }

    void read(Duration age) {
        events.increment();
        delay.record(age.isNegative() ? Duration.ZERO : age);
    }

    void gap() {
        gaps.increment();
    }

    void replayed() {
        replays.increment();
    }

    /** So many since this replica began. */
    long gaps() {
        return (long) gaps.count();
    }

    /** So many since this replica began. */
    long replays() {
        return (long) replays.count();
    }

    /** A connection ended, for one of the causes of {@link Farewell}. */
    void ended(String cause) {
        Counter.builder("hc.feed.clients.ended")
                .description("WebSocket connections that ended, by cause")
                .tag("cause", cause)
                .register(registry)
                .increment();
    }
}
