package io.healthchecker.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.core.time.Ticker;
import io.healthchecker.standalone.StartFailure;
import io.healthchecker.standalone.setting.Mode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deque<String> failures = new ArrayDeque<>();

    @Test
    void whatIsStartingIsAwaitedAndEachReasonToldOnce() throws Exception {
        failures.addAll(List.of("no Redis answers", "no Redis answers", "Redis is loading"));

        patience(Duration.ofMinutes(1)).until(this::attempt);

        assertThat(failures).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("waiting: no Redis answers", "waiting: Redis is loading");
    }

    @Test
    void withoutPatienceTheFirstFailureIsTheLast() {
        failures.addAll(List.of("no Redis answers", "never asked"));

        assertThatThrownBy(() -> patience(Duration.ZERO).until(this::attempt))
                .isInstanceOf(StartFailure.class)
                .hasMessage("no Redis answers");
        assertThat(out.size()).isZero();
    }

    private void attempt() {
        if (!failures.isEmpty()) {
            throw new StartFailure(failures.remove());
        }
    }

    private Patience patience(Duration limit) {
        var console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), Mode.PRODUCTION);
        return new Patience(limit, Ticker.system(), console);
    }
}
