package io.healthchecker.worker.dial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakesTest {
    private final List<String> started = new ArrayList<>();
    private final Handshakes handshakes = new Handshakes(2);

    private void enter(String name, boolean wanted) {
        handshakes.enter(() -> {
            started.add(name);
            return wanted;
        });
    }

    @Test
    void theThirdWaitsUntilOneOfTheTwoEnds() {
        enter("a", true);
        enter("b", true);
        enter("c", true);
        assertThat(started).containsExactly("a", "b");
        handshakes.leave();
        assertThat(started).containsExactly("a", "b", "c");
    }

    @Test
    void whoNoLongerWantsToTakesNoRoom() {
        enter("a", true);
        enter("b", true);
        enter("gone", false);
        enter("c", true);
        handshakes.leave();
        assertThat(started).containsExactly("a", "b", "gone", "c");
        assertThat(handshakes.waiting()).isZero();
    }

    @Test
    void oneThatEndsAtOnceLeavesItsRoom() {
        for (int i = 0; i < 10; i++) {
            handshakes.enter(() -> {
                started.add("x");
                handshakes.leave();
                return true;
            });
        }
        assertThat(started).hasSize(10);
    }
}
