package io.healthchecker.worker.commit;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.job.JobKey;
import io.healthchecker.core.verdict.LocationVerdict;
import io.healthchecker.core.verdict.LocationVerdictTable.Changed;
import io.healthchecker.core.verdict.Quorum;
import io.healthchecker.core.verdict.ServiceVerdict;
import io.healthchecker.core.verdict.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What new results make of the verdicts of their services, by slot. It is made of what was read under the locks of those
 * services and decides everything in memory.
 */
final class Fold {
    private static final Comparator<Finished> SLOT_ORDER =
            Comparator.comparingLong(finished -> finished.result().job().slot());

    private final Map<Long, State> states;
    private final Map<Long, ServiceVerdict> verdicts;
    private final Map<Place, Changed> changed = new LinkedHashMap<>();
    private final Map<Place, Finished> leaning = new LinkedHashMap<>();
    private final List<Turn> turns = new ArrayList<>();

    Fold(Map<Long, State> states, Map<Long, ServiceVerdict> verdicts) {
        this.states = new HashMap<>(states);
        this.verdicts = new HashMap<>(verdicts);
    }

    /** A change of state that a result caused. */
    record Turn(Finished cause, State to) {}

    private record Place(long serviceId, int locationId) {
        static Place of(CheckResult result) {
            return new Place(result.job().serviceId(), result.job().locationId());
        }
    }

    /**
     * Those results that may change something, as the jobs whose newer results have to be known: for each service and
     * location its oldest one.
     */
    List<JobKey> unsettled(List<Finished> telling) {
        Map<Place, JobKey> oldest = new HashMap<>();
        for (Finished finished : telling) {
            CheckResult result = finished.result();
            if (counts(result) && !verdict(result).settledBy(result.outcome())) {
                oldest.merge(Place.of(result), result.job().key(), (a, b) -> a.slot() <= b.slot() ? a : b);
            }
        }
        // a result that agrees with the verdict matters too once another one of the batch made it lean away
        for (Finished finished : telling) {
            oldest.computeIfPresent(
                    Place.of(finished.result()),
                    (_, key) -> key.slot() <= finished.result().job().slot()
                            ? key
                            : finished.result().job().key());
        }
        return List.copyOf(oldest.values());
    }

    /**
     * Takes the results in.
     *
     * @param newer slots of telling results after each job of {@link #unsettled}
     * @param batch what this transaction inserted: it is part of {@code newer}, but not yet of any verdict
     */
    void take(List<Finished> telling, Map<JobKey, List<Long>> newer, Set<JobKey> batch) {
        Map<Place, Long> newest = newest(newer, batch);
        telling.stream().sorted(SLOT_ORDER).forEach(finished -> {
            if (counts(finished.result())) {
                take(finished, newest.getOrDefault(Place.of(finished.result()), Long.MIN_VALUE));
            }
        });
    }

    private void take(Finished finished, long newest) {
        CheckResult result = finished.result();
        long serviceId = result.job().serviceId();
        int location = result.job().locationId();
        LocationVerdict before = verdict(result);
        LocationVerdict after = before.next(
                result.outcome(),
                result.job().slot(),
                newest,
                Objects.requireNonNull(finished.subject()).thresholds(),
                isDoubtful(result));
        if (!after.equals(before)) {
            verdicts.merge(
                    serviceId,
                    ServiceVerdict.NONE.with(location, after),
                    (service, _) -> service.with(location, after));
            changed.put(Place.of(result), new Changed(serviceId, location, after));
        }
        if (after.leansAway() && !after.equals(before)) {
            leaning.put(Place.of(result), finished);
        } else if (!after.leansAway()) {
            leaning.remove(Place.of(result));
        }
        turn(finished);
    }

    // whatever a slow worker found wrong, it may have been wrong itself; that it found something right needs no second
    // look
    private static boolean isDoubtful(CheckResult result) {
        return result.slowWorker() && result.outcome() != Outcome.UP;
    }

    private void turn(Finished finished) {
        long serviceId = finished.result().job().serviceId();
        ServiceVerdict verdict = verdicts.getOrDefault(serviceId, ServiceVerdict.NONE);
        State to = verdict.state(Quorum.MAJORITY);
        // a result never makes a service Unknown
        if (to != State.UNKNOWN && to != states.get(serviceId)) {
            states.put(serviceId, to);
            turns.add(new Turn(finished, to));
        }
    }

    /** Verdicts to write. */
    List<Changed> changed() {
        return List.copyOf(changed.values());
    }

    /** Changes of state in the order in which they came, several of one service included. */
    List<Turn> turns() {
        return turns;
    }

    /** The last results of those that lean away from their verdicts now. */
    List<Finished> leaning() {
        return List.copyOf(leaning.values());
    }

    private boolean counts(CheckResult result) {
        State state = states.get(result.job().serviceId());
        return result.outcome() != Outcome.UNKNOWN && state != null && state != State.SUSPENDED; // null: deleted
    }

    private LocationVerdict verdict(CheckResult result) {
        return verdicts.getOrDefault(result.job().serviceId(), ServiceVerdict.NONE)
                .at(result.job().locationId());
    }

    private static Map<Place, Long> newest(Map<JobKey, List<Long>> newer, Set<JobKey> batch) {
        Map<Place, Long> newest = new HashMap<>();
        newer.forEach((job, slots) -> {
            for (long slot : slots) {
                if (!batch.contains(new JobKey(job.serviceId(), slot, job.locationId()))) {
                    newest.merge(new Place(job.serviceId(), job.locationId()), slot, Math::max);
                }
            }
        });
        return newest;
    }
}
