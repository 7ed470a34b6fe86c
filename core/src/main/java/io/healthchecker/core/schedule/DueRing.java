package io.healthchecker.core.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The services of one shard and their slots. A service whose cadence is settled costs about 50 bytes in a ring of its
 * period; one that changes has a timeline of its own until every instant that may still be asked for lies behind the
 * change. For one thread at a time.
 */
public final class DueRing {
    /** How far behind an instant one may still ask, once the ring was settled there. */
    public static final long LOOK_BACK_MILLIS = 10_000;

    private static final Comparator<Due> BY_SLOT =
            Comparator.comparingLong(Due::slot).thenComparingLong(Due::serviceId);

    private final Roster roster = new Roster();
    private final Map<Integer, Ring> rings = new HashMap<>();
    private final Map<Long, Timeline> changing = new HashMap<>();

    /**
     * Takes a change. The old cadence goes on until the new era begins.
     *
     * @return whether it is news: not older than what is known of the service
     */
    public boolean apply(Era era) {
        Timeline timeline = changing.get(era.serviceId());
        if (timeline != null) {
            if (timeline.newest().version() >= era.version()) {
                return false;
            }
            timeline.add(era);
            return true;
        }
        int row = roster.find(era.serviceId());
        if (row != Roster.NONE && roster.version(row) >= era.version()) {
            return false;
        }
        timeline = new Timeline();
        if (row != Roster.NONE) {
            timeline.add(leave(row));
        }
        timeline.add(era);
        changing.put(era.serviceId(), timeline);
        return true;
    }

    /** All slots after an instant and up to another one, by slot and service. For short spans: see {@link #runs}. */
    public List<Due> due(long afterMillis, long toMillis) {
        List<Due> due = new ArrayList<>();
        if (toMillis <= afterMillis) {
            return due;
        }
        rings.forEach((period, ring) -> ring.slots(
                afterMillis,
                toMillis,
                (row, slot) -> due.add(new Due(roster.id(row), slot, roster.version(row), period))));
        for (Timeline timeline : changing.values()) {
            timeline.runs(afterMillis, toMillis, run -> {
                for (long slot = run.first().slot();
                        slot <= run.lastSlot();
                        slot += run.first().periodMillis()) {
                    due.add(new Due(
                            run.first().serviceId(),
                            slot,
                            run.first().version(),
                            run.first().periodMillis()));
                }
            });
        }
        due.sort(BY_SLOT);
        return due;
    }

    /** The same slots as runs, at most one for each cadence that a service had; in no order. */
    public void runs(long afterMillis, long toMillis, Consumer<Run> sink) {
        rings.forEach((period, ring) -> ring.each(entry -> {
            int row = Ring.row(entry);
            Cadence cadence = new Cadence(period, Ring.phase(entry));
            Run run = Run.between(roster.id(row), roster.version(row), cadence, afterMillis, toMillis);
            if (run != null) {
                sink.accept(run);
            }
        }));
        changing.values().forEach(timeline -> timeline.runs(afterMillis, toMillis, sink));
    }

    /** Lets go of what is only needed to answer for instants more than {@link #LOOK_BACK_MILLIS} before this one. */
    public void settle(long atMillis) {
        changing.values().removeIf(timeline -> {
            Era newest = timeline.newest();
            if (newest.fromMillis() > atMillis - LOOK_BACK_MILLIS) {
                return false;
            }
            enter(newest);
            return true;
        });
    }

    /** How many services have slots, by their newest versions. */
    public int size() {
        return roster.size()
                + (int) changing.values().stream()
                        .filter(t -> t.newest().cadence() != null)
                        .count();
    }

    /** What {@code ServiceChangeTable} computes over the newest changes, to be compared. */
    public Digest digest() {
        long[] hash = {0};
        rings.values()
                .forEach(ring -> ring.each(entry -> {
                    int row = Ring.row(entry);
                    hash[0] ^= Digest.hash(roster.id(row), roster.version(row));
                }));
        for (Timeline timeline : changing.values()) {
            Era newest = timeline.newest();
            if (newest.cadence() != null) {
                hash[0] ^= Digest.hash(newest.serviceId(), newest.version());
            }
        }
        return new Digest(size(), hash[0]);
    }

    private void enter(Era era) {
        Cadence cadence = era.cadence();
        if (cadence == null) {
            return;
        }
        int period = Math.toIntExact(cadence.periodMillis());
        int row = roster.add(era.serviceId(), era.version(), period);
        rings.computeIfAbsent(period, Ring::new).add(row, cadence.phaseMillis());
    }

    private Era leave(int row) {
        int period = roster.period(row);
        Ring ring = rings.get(period);
        if (ring == null) {
            throw new IllegalStateException("no ring has period %d".formatted(period));
        }
        Era era = new Era(roster.id(row), roster.version(row), 0, new Cadence(period, ring.remove(row)));
        if (ring.isEmpty()) {
            rings.remove(period);
        }
        roster.remove(row);
        return era;
    }
}
