package io.healthchecker.core.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The eras of one service that changes or changed a moment ago, by version; each begins after the one before it. */
final class Timeline {
    private final List<Era> eras = new ArrayList<>(2);

    /** Adds the era of a newer version; those that would have begun at or after it never come. */
    void add(Era era) {
        while (!eras.isEmpty() && eras.getLast().fromMillis() >= era.fromMillis()) {
            eras.removeLast();
        }
        eras.add(era);
    }

    Era newest() {
        return eras.getLast();
    }

    /** Runs of slots after an instant and up to another one, oldest first, at most one an era. */
    void runs(long afterMillis, long toMillis, Consumer<Run> sink) {
        for (int i = 0; i < eras.size(); i++) {
            Era era = eras.get(i);
            if (era.cadence() == null) {
                continue;
            }
            long after = Math.max(afterMillis, era.fromMillis() - 1);
            long to = i + 1 < eras.size() ? Math.min(toMillis, eras.get(i + 1).fromMillis() - 1) : toMillis;
            Run run = Run.between(era.serviceId(), era.version(), era.cadence(), after, to);
            if (run != null) {
                sink.accept(run);
            }
        }
    }
}
