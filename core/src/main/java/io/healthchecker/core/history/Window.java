package io.healthchecker.core.history;

import java.util.List;
import java.util.stream.IntStream;

/** A stretch of time: from, included, to, excluded, in epoch milliseconds. */
public record Window(long fromMillis, long toMillis) {
    public Window {
        if (toMillis < fromMillis) {
            throw new IllegalArgumentException(
                    "to is %d; it must not be before from (%d)".formatted(toMillis, fromMillis));
        }
    }

    /** How long it is. */
    public long millis() {
        return toMillis - fromMillis;
    }

    /** So many equal parts of it, oldest first. */
    public List<Window> parts(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new Window(fromMillis + millis() * n / count, fromMillis + millis() * (n + 1) / count))
                .toList();
    }

    /** How much of another stretch lies within it; that one is empty where its end is not after its start. */
    public long overlapMillis(long from, long to) {
        return Math.max(0, Math.min(to, toMillis) - Math.max(from, fromMillis));
    }
}
