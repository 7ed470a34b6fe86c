package io.healthchecker.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LateStreamTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void isConnectedOnceAtItsFirstUse() {
        try (var stream = new LateStream<>(() -> connect("connected"), each -> told.add("closed"))) {
            assertThat(told).isEmpty();
            assertThat(stream.get()).isSameAs(stream.get());
        }
        assertThat(told).containsExactly("connected", "closed");
    }

    @Test
    void thatNobodyUsedIsNotClosed() {
        new LateStream<>(() -> connect("connected"), each -> told.add("closed")).close();
        assertThat(told).isEmpty();
    }

    @Test
    void isTriedAgainAfterAFailure() {
        try (var stream = new LateStream<>(() -> told.isEmpty() ? refuse() : connect("again"), each -> {})) {
            assertThatThrownBy(stream::get).hasMessage("away");
            assertThat(stream.get()).isNotNull();
        }
        assertThat(told).containsExactly("refused", "again");
    }

    private Object connect(String what) {
        told.add(what);
        return new Object();
    }

    private Object refuse() {
        told.add("refused");
        throw new IllegalStateException("away");
    }
}
