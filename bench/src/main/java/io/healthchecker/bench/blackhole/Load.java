package io.healthchecker.bench.blackhole;

import io.healthchecker.bench.process.Pace;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.worker.check.Check;
import io.healthchecker.worker.check.Probers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** So many checks a second of some definitions by turns, and what came of them. */
public final class Load {
    private final List<Check> checks;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean over;
    private List<Integer> latencyMicros = new ArrayList<>();
    private Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);

    public Load(Probers probers, List<Definition> definitions) {
        checks = definitions.stream().map(probers::prepare).toList();
    }

    /** Begins. */
    public void start(int perSecond) {
        Thread.ofPlatform().daemon().name("load").start(new Pace(perSecond, this::begin, () -> !over));
    }

    private void begin() {
        int turn = (int) (begun.getAndIncrement() % checks.size());
        Job job = new Job(turn + 1, Ticker.system().epochMillis(), 1, 1, JobKind.GRID); // each target is one service
        underWay.incrementAndGet();
        checks.get(turn).run(job).thenAccept(this::ended);
    }

    private void ended(CheckResult result) {
        underWay.decrementAndGet();
        synchronized (this) {
            reasons.merge(result.reason(), 1, Integer::sum);
            if (result.outcome() == Outcome.UP) {
                latencyMicros.add(result.latencyMicros());
            }
        }
    }

    /** Checks that have not ended. */
    public int underWay() {
        return underWay.get();
    }

    /** What came since it was asked before. */
    public synchronized Harvest harvest() {
        Harvest harvest = new Harvest(
                latencyMicros.stream().mapToInt(Integer::intValue).sorted().toArray(), Map.copyOf(reasons));
        latencyMicros = new ArrayList<>();
        reasons = new EnumMap<>(Reason.class);
        return harvest;
    }

    /** Begins no more. */
    public void end() {
        over = true;
    }
}
