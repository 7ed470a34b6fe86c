package io.healthchecker.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusQueueTest {
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final HandTicker ticker = new HandTicker();
    private final StatusQueue queue = new StatusQueue(ticker, () -> 0.5);

    @Test
    void aQuietResourceHasItsTurnAtOnce() {
        queue.offer("a");

        assertThat(queue.poll()).isEqualTo("a");
        assertThat(queue.poll()).isNull();
    }

    @Test
    void whoCameFirstHasTheFirstTurn() {
        queue.offer("b");
        queue.offer("a");

        assertThat(polled()).containsExactly("b", "a");
    }

    @Test
    void severalChangesAreOneTurn() {
        assertThat(queue.offer("a")).isTrue();
        assertThat(queue.offer("a")).isFalse();
        assertThat(queue.waiting()).isEqualTo(1);

        assertThat(polled()).containsExactly("a");
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void afterAWriteTheNextTurnWaitsForTheIntervalToPass() {
        queue.offer("a");
        queue.settled(queue.poll(), QUIET);

        queue.offer("a");
        ticker.move(QUIET.minusMillis(1));
        assertThat(queue.poll()).isNull();
        ticker.move(Duration.ofMillis(1));
        assertThat(queue.poll()).isEqualTo("a");
    }

    @Test
    void oneThatWaitsForItsIntervalHoldsUpNobody() {
        queue.offer("a");
        queue.settled(queue.poll(), QUIET);
        queue.offer("a");
        queue.offer("b");

        assertThat(polled()).containsExactly("b");
    }

    @Test
    void nobodyElseGetsAResourceThatIsBeingWritten() {
        queue.offer("a");
        queue.poll();

        queue.offer("a");
        assertThat(queue.poll()).isNull();
        queue.settled("a", Duration.ZERO);
        assertThat(queue.poll()).isEqualTo("a");
    }

    @Test
    void aFailureComesAgainAndLaterEachTime() {
        queue.offer("a");
        queue.failed(queue.poll());

        ticker.move(Duration.ofMillis(499));
        assertThat(queue.poll()).isNull();
        ticker.move(Duration.ofMillis(1));
        queue.failed(queue.poll());
        ticker.move(Duration.ofMillis(999));
        assertThat(queue.poll()).isNull();
        ticker.move(Duration.ofMillis(1));
        assertThat(queue.poll()).isEqualTo("a");
    }

    @Test
    void aSuccessEndsTheRowOfFailures() {
        queue.offer("a");
        for (int i = 0; i < 20; i++) {
            queue.failed(queue.poll());
            ticker.move(Duration.ofMinutes(5));
        }
        queue.settled(queue.poll(), Duration.ZERO);
        queue.offer("a");
        queue.failed(queue.poll());

        ticker.move(Duration.ofMillis(500));
        assertThat(queue.poll()).isEqualTo("a");
    }

    @Test
    void aPauseIsForEveryoneAndLosesNobody() {
        queue.offer("a");
        queue.offer("b");
        queue.postponed(queue.poll());
        queue.pause(Duration.ofSeconds(2));

        ticker.move(Duration.ofMillis(1_999));
        assertThat(queue.poll()).isNull();
        ticker.move(Duration.ofMillis(1));
        assertThat(polled()).containsExactly("b", "a");
    }

    @Test
    void aForgottenResourceHasNoTurn() {
        queue.offer("a");
        queue.forget("a");

        assertThat(queue.poll()).isNull();
        assertThat(queue.waiting()).isZero();
    }

    private List<String> polled() {
        List<String> polled = new ArrayList<>();
        for (String next = queue.poll(); next != null; next = queue.poll()) {
            polled.add(next);
        }
        return polled;
    }
}
