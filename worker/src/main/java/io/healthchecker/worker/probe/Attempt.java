package io.healthchecker.worker.probe;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.check.StepResult;
import io.healthchecker.worker.dial.Lane;
import io.healthchecker.worker.dial.Phase;
import io.healthchecker.worker.dial.PhaseClock;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One probe under way: its clock, its deadline, and the one observation that it comes to. Lives on its lane's thread. */
public final class Attempt {
    private final Lane lane;
    private final PhaseClock clock;
    private final long timeoutMillis;
    private final Observer observer;
    private final ScheduledFuture<?> deadline;
    private @Nullable Undertaking busy;
    private @Nullable StepLog steps;
    private boolean over;

    /** Who is told what was seen, exactly once. */
    @FunctionalInterface
    public interface Observer {
        /** The clock has been stopped. */
        void saw(Observation observation);

        /** Whether a certificate is to be looked at although nothing that is expected is about it. */
        default boolean isCurious() {
            return false;
        }
    }

    /** Begins: from now on the deadline runs. */
    public Attempt(Lane lane, PhaseClock clock, long timeoutMillis, Observer observer) {
        this.lane = lane;
        this.clock = clock;
        this.timeoutMillis = timeoutMillis;
        this.observer = observer;
        this.deadline = lane.loop().schedule(this::timeUp, timeoutMillis, TimeUnit.MILLISECONDS);
    }

    public Lane lane() {
        return lane;
    }

    public PhaseClock clock() {
        return clock;
    }

    /** Whether the certificate of a connection is to be looked at; what is expected may ask for it each time. */
    public boolean looksAtCertificate(boolean asked) {
        return asked || observer.isCurious();
    }

    /** What is to be stopped when the time is up. */
    public void busyWith(Undertaking undertaking) {
        busy = undertaking;
    }

    /** Where a prober that takes several steps tells of each. */
    public StepLog steps() {
        if (steps == null) {
            steps = new StepLog(clock);
        }
        return steps;
    }

    /** What became of the steps, once the attempt is over; empty where there were none. */
    public List<StepResult> stepResults() {
        return steps == null ? List.of() : steps.all();
    }

    public void answered(Answer answer) {
        if (!over) {
            end(new Observation.Answered(answer, clock.stop()));
        }
    }

    public void failed(Reason reason, String detail) {
        if (!over) {
            int status = busy == null ? 0 : busy.status();
            end(new Observation.Failed(reason, Excerpt.of(detail), status, clock.stop()));
        }
    }

    public void unable(String detail) {
        unable(Reason.WORKER_FAULT, detail);
    }

    public void unable(Reason reason, String detail) {
        if (!over) {
            end(new Observation.Unable(reason, Excerpt.of(detail), clock.stop()));
        }
    }

    private void end(Observation observation) {
        over = true;
        deadline.cancel(false);
        if (steps != null) {
            steps.end(
                    switch (observation) {
                        case Observation.Answered _ -> null;
                        case Observation.Failed failed -> failed.detail();
                        case Observation.Unable unable -> unable.detail();
                    });
        }
        observer.saw(observation);
    }

    private void timeUp() {
        if (over) {
            return;
        }
        Phase open = clock.open();
        String where = busy == null ? "" : busy.whereabouts();
        String detail = where.isEmpty()
                ? "after %d ms".formatted(timeoutMillis)
                : "after %d ms %s".formatted(timeoutMillis, where);
        if (open == null) {
            unable("waited for our own TLS handshakes " + detail);
        } else {
            failed(open.timeout(), detail);
        }
        if (busy != null) {
            busy.abandon();
        }
    }
}
