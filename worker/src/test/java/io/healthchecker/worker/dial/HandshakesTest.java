package io.healthchecker.worker.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.worker.HandClock;
import io.healthchecker.worker.dial.Handshakes.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakesTest {
    private final HandClock clock = new HandClock();
    private final List<Runnable> alarms = new ArrayList<>();
    private final List<String> started = new ArrayList<>();
    private final Handshakes handshakes = new Handshakes(2, clock, (call, nanos) -> alarms.add(call));

    private Turn enter(String name, boolean wanted) {
        Turn turn = new Turn(() -> {
            started.add(name);
            return wanted;
        });
        handshakes.enter(turn);
        return turn;
    }

    private void pass(long millis) {
        clock.advance(Duration.ofMillis(millis));
        List<Runnable> ringing = List.copyOf(alarms);
        alarms.clear();
        ringing.forEach(Runnable::run);
    }

    @Test
    void theThirdWaitsUntilOneOfTheTwoEnds() {
        Turn a = enter("a", true);
        enter("b", true);
        enter("c", true);
        assertThat(started).containsExactly("a", "b");
        handshakes.leave(a);
        assertThat(started).containsExactly("a", "b", "c");
    }

    @Test
    void whoNoLongerWantsToTakesNoRoom() {
        Turn a = enter("a", true);
        enter("b", true);
        enter("gone", false);
        enter("c", true);
        handshakes.leave(a);
        assertThat(started).containsExactly("a", "b", "gone", "c");
        assertThat(handshakes.waiting()).isZero();
    }

    @Test
    void oneThatEndsAtOnceLeavesItsRoom() {
        for (int i = 0; i < 10; i++) {
            List<Turn> own = new ArrayList<>();
            own.add(new Turn(() -> {
                started.add("x");
                handshakes.leave(own.getFirst());
                return true;
            }));
            handshakes.enter(own.getFirst());
        }
        assertThat(started).hasSize(10);
    }

    @Test
    void theRoomOfThoseWhoseServersAreSilentIsGivenOn() {
        enter("a", true);
        enter("b", true);
        Turn c = enter("c", true);
        enter("d", true);
        enter("e", true);
        pass(19);
        assertThat(started).containsExactly("a", "b");
        pass(1);
        assertThat(started).containsExactly("a", "b", "c", "d");
        handshakes.leave(c);
        assertThat(started).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void roomThatWasGivenOnIsNotGivenTwice() {
        Turn a = enter("a", true);
        enter("b", true);
        enter("c", true);
        enter("d", true);
        pass(20);
        enter("e", true);
        handshakes.leave(a); // its server spoke after all
        assertThat(started).containsExactly("a", "b", "c", "d");
        assertThat(handshakes.waiting()).isOne();
    }

    @Test
    void oneThatIsSilentIsRememberedForNoLongerThanThat() {
        enter("silent", true);
        for (int i = 0; i < 10_000; i++) {
            handshakes.leave(enter("x", true));
            clock.advance(Duration.ofMillis(1));
        }
        assertThat(started).hasSize(10_001);
        assertThat(handshakes.remembered()).isLessThan(30);
    }
}
