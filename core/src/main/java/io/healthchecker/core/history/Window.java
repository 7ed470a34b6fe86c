package io.healthchecker.core.history;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A stretch of time: from, included, to, excluded, in epoch milliseconds. */
public record Window(long fromMillis, long toMillis) {
    private static final Comparator<Window> BY_BEGIN = Comparator.comparingLong(Window::fromMillis);

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

    /** How much of it at least one of some stretches covers. */
    public long coveredMillis(List<Window> stretches) {
        long covered = 0;
        long until = fromMillis;
        for (Window one : stretches.stream().sorted(BY_BEGIN).toList()) {
            long from = Math.max(one.fromMillis(), until);
            until = Math.max(until, Math.min(one.toMillis(), toMillis));
            covered += Math.max(0, until - from);
        }
        return covered;
    }

    /** How much of another stretch lies within it; that one is empty where its end is not after its start. */
    public long overlapMillis(long from, long to) {
        return Math.max(0, Math.min(to, toMillis) - Math.max(from, fromMillis));
    }
}
