package io.healthchecker.bench.ui;

import io.healthchecker.core.verdict.State;
import java.util.function.BiConsumer;

/** The parts of the bench, in the order in which they are measured. */
public enum Part {
    COLD_STARTS(ColdStarts::measure),
    KEYS(Keys::measure),
    TRANSITIONS(Transitions::measure),
    STORM(Storm::measure),
    DETAIL(ServiceDetail::measure),
    PIXELS(Pixels::measure),
    WALL(WallDay::measure);

    private final BiConsumer<Dashboard, Figures> measurement;

    Part(BiConsumer<Dashboard, Figures> measurement) {
        this.measurement = measurement;
    }

    public void measure(Dashboard dashboard, Figures figures) {
        measurement.accept(dashboard, figures);
    }

    /** The other one of the two states between which services go to and fro. */
    static State other(State state) {
        return state == State.UP ? State.DOWN : State.UP;
    }
}
