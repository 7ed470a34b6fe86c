package io.healthchecker.api.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.api.feed.Subscriber.Dialect;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Between the answer to the handshake and the open socket lies a moment in which the server may stop. */
class ArrivalsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Subscriber subscriber = new Subscriber(new Caller(1, 1, Long.MAX_VALUE), Dialect.INHERITED, 0);
    private long nanos;
    private final List<Subscriber> lost = new ArrayList<>();
    private final Ticker ticker = new Ticker() {
        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public long epochMillis() {
            throw new UnsupportedOperationException();
        }
    };
    private final Arrivals arrivals = new Arrivals(ticker, lost::add);
    private final Thread stopping = new Thread(this::waits);

    @AfterEach
    void end() {
        stopping.interrupt();
    }

    @Test
    void whoStopsWaitsForThoseWhoAreLetIn() {
        arrivals.expect(subscriber);
        stopping.start();
        await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);

        arrivals.settle(subscriber);

        await().until(() -> !stopping.isAlive());
    }

    @Test
    void twoOfOneAccountAreTwo() {
        arrivals.expect(subscriber);
        arrivals.expect(new Subscriber(subscriber.caller(), subscriber.dialect(), subscriber.since()));
        stopping.start();

        arrivals.settle(subscriber);

        await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
        assertThat(stopping.isAlive()).isTrue();
    }

    @Test
    void nobodyWaitsForWhoDidNotComeWithinFiveSeconds() throws InterruptedException {
        arrivals.expect(subscriber);
        nanos = Duration.ofSeconds(6).toNanos();

        arrivals.awaitNone(LONG);

        assertThat(nanos).isEqualTo(Duration.ofSeconds(6).toNanos());
        assertThat(lost).containsExactly(subscriber);
    }

    @Test
    void patienceEnds() {
        arrivals.expect(subscriber);
        nanos = 1;
        Thread hasty = Thread.ofVirtual().start(() -> {
            try {
                arrivals.awaitNone(Duration.ZERO);
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });

        await().until(() -> !hasty.isAlive());
    }

    private void waits() {
        try {
            arrivals.awaitNone(LONG);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
