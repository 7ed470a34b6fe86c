package io.healthchecker.api.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.api.feed.Subscriber.Dialect;
import io.healthchecker.core.feed.EventTable;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A client is silent when it has been asked and did not answer, however long that took. */
class SilenceTest {
    private static final Duration PING = Duration.ofSeconds(15);

    private final AtomicLong nanos = new AtomicLong();
    private final Ticker ticker = new Ticker() {
        @Override
        public long epochMillis() {
            return nanos.get() / 1_000_000;
        }

        @Override
        public long nanoTime() {
            return nanos.get();
        }
    };
    private final AtomicInteger pings = new AtomicInteger();
    private final JdbcClient jdbc = JdbcClient.create(TestPostgres.freshDatabase());
    private final FeedClient client = new FeedClient(
            new Subscriber(new Caller(1, 1, Long.MAX_VALUE), Dialect.INHERITED, 0),
            new Line(),
            new FeedSource(
                    new EventRing(100, 0),
                    new EventTable(jdbc),
                    new Snapshots(jdbc),
                    new FeedMetrics(new SimpleMeterRegistry()),
                    new Bulletin()),
            new FeedSettings(Duration.ofMillis(250), 100, PING, 4_096, Duration.ofSeconds(5), 3, 10, List.of()),
            ticker);
    private final CompletableFuture<Farewell> farewell = new CompletableFuture<>();

    /** Takes everything, and counts what it is asked. */
    private final class Line implements Connection {
        @Override
        public void send(String text, Runnable done) {
            done.run();
        }

        @Override
        public void ping() {
            pings.incrementAndGet();
        }

        @Override
        public void close(Farewell why) {
            farewell.complete(why);
        }
    }

    @AfterEach
    void end() {
        client.end(Farewell.GONE);
    }

    @Test
    void whoCouldNotBeAskedSinceTheServerStoodStillIsAskedNow() {
        Thread.ofVirtual().start(client::run);
        for (int asked = 1; asked <= 3; asked++) {
            passes(Duration.ofHours(1), asked);
        }
        assertThat(farewell).isNotDone();

        nanos.addAndGet(PING.toNanos());
        client.wake();

        await().until(farewell::isDone);
        assertThat(farewell.join()).isEqualTo(Farewell.SILENT);
        assertThat(pings).hasValue(3);
    }

    @Test
    void whoAnswersStays() {
        Thread.ofVirtual().start(client::run);
        for (int asked = 1; asked <= 9; asked++) {
            passes(PING, asked);
            if (asked % 3 == 0) {
                client.heard();
            }
        }
        assertThat(farewell).isNotDone();
    }

    private void passes(Duration time, int asked) {
        nanos.addAndGet(time.toNanos());
        client.wake();
        await().until(() -> pings.get() == asked);
    }
}
