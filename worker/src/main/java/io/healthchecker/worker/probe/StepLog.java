package io.healthchecker.worker.probe;

import io.healthchecker.core.assertion.Assertions;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.StepResult;
import io.healthchecker.worker.dial.PhaseClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of each step of an attempt that takes several, written as they are taken. Lives on its lane's thread. */
public final class StepLog {
    private final PhaseClock clock;
    private final List<StepResult> ended = new ArrayList<>();
    private @Nullable String open; // name of the step that is under way
    private @Nullable PhaseTimes phases;
    private int status;
    private List<Assertions.Row> assertions = List.of();

    StepLog(PhaseClock clock) {
        this.clock = clock;
    }

    /** Begins a step; the one before went well. */
    public void begin(String name) {
        end(null);
        open = name;
    }

    /** The whole answer to the step is there. Tells where its time went. */
    public PhaseTimes answered(int httpStatus) {
        PhaseTimes lap = clock.lap();
        phases = lap;
        status = httpStatus;
        return lap;
    }

    /** What its assertions came to. */
    public void judged(List<Assertions.Row> rows) {
        assertions = rows;
    }

    void end(@Nullable String failure) {
        if (open == null) {
            return;
        }
        ended.add(new StepResult(open, status, phases == null ? clock.lap() : phases, assertions, failure));
        open = null;
        phases = null;
        status = 0;
        assertions = List.of();
    }

    List<StepResult> all() {
        return List.copyOf(ended);
    }
}
