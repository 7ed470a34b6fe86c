package io.healthchecker.worker.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final Lanes lanes = new Lanes(2, 4, Ticker.system());
    private final Lane first = lanes.next();

    @AfterEach
    void close() {
        lanes.close();
    }

    @Test
    void aFewChecksKeepOneThreadBusyAndManyAreSpread() {
        List<PhaseClock> clocks = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            on(first, () -> clocks.add(first.begin()));
            assertThat(lanes.next()).isSameAs(first);
        }
        on(first, () -> clocks.add(first.begin()));
        Lane second = lanes.next();
        assertThat(second).isNotSameAs(first);
        on(second, () -> {
            for (int i = 0; i < 16; i++) {
                clocks.add(second.begin());
            }
        });
        assertThat(List.of(lanes.next(), lanes.next())).containsExactlyInAnyOrder(first, second);
        on(first, () -> first.end(clocks.getFirst()));
        assertThat(lanes.next()).isSameAs(first);
    }

    @Test
    void whatWouldWaitGoesToAnother() throws InterruptedException {
        var busy = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        first.take(() -> {
            busy.countDown();
            awaitQuietly(go);
        });
        assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
        first.take(() -> {});
        assertThat(lanes.next()).isNotSameAs(first);
        go.countDown();
    }

    @Test
    void aLaneKnowsItsThread() {
        assertThat(lanes.here()).isNull();
        var here = new CompletableFuture<Lane>();
        first.take(() -> here.complete(lanes.here()));
        assertThat(here.join()).isSameAs(first);
    }

    private static void on(Lane lane, Runnable task) {
        lane.loop().submit(task).syncUninterruptibly();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
