package io.healthchecker.core.history;

import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.service.ServiceChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The life of a service as a row of eras without a hole between them, from its creation on. */
public final class Eras {
    private final List<Era> eras;

    /**
     * A time in which one cadence held, or in which nothing was checked.
     *
     * @param toMillis the first millisecond after it; {@link Long#MAX_VALUE} for the last era
     * @param dueFromMillis no slot is due before it: what is new or resumed is active at once, its grid a little later
     */
    private record Era(long fromMillis, long toMillis, long dueFromMillis, Cadence cadence, boolean active) {
        /** The first slot after an instant that is due in this era, which may lie beyond its end. */
        long slotAfter(long epochMillis) {
            return cadence.slotAfter(Math.max(epochMillis, dueFromMillis - 1));
        }
    }

    private Eras(List<Era> eras) {
        this.eras = List.copyOf(eras);
    }

    /**
     * From all changes of one service, by seq, at least one. A later change wins over an earlier one from its own start
     * on, so a change that was overtaken before it took effect leaves no era.
     */
    public static Eras of(List<ServiceChange> changes) {
        Deque<Era> eras = new ArrayDeque<>();
        long end = Long.MAX_VALUE;
        for (ServiceChange change : changes.reversed()) {
            long start = start(change);
            if (start < end) {
                eras.addFirst(new Era(start, end, change.effectiveMillis(), change.cadence(), change.active()));
                end = start;
            }
        }
        return new Eras(new ArrayList<>(eras));
    }

    /** When the era of a change begins: what is created or resumed is checked at once, though its grid begins later. */
    private static long start(ServiceChange change) {
        return change.op().begins() ? change.atMillis() : change.effectiveMillis();
    }

    /** When the service was created. */
    public long birthMillis() {
        return eras.getFirst().fromMillis();
    }

    /** The longest period of an era that overlaps a window, in milliseconds; 0 if none does. */
    public long longestPeriodMillis(Window window) {
        return eras.stream()
                .filter(era -> window.overlapMillis(era.fromMillis(), era.toMillis()) > 0)
                .mapToLong(era -> era.cadence().periodMillis())
                .max()
                .orElse(0);
    }

    /** How many slots of the grid a window has, about. */
    public long slots(Window window) {
        return eras.stream()
                .filter(Era::active)
                .mapToLong(era -> window.overlapMillis(era.fromMillis(), era.toMillis())
                        / era.cadence().periodMillis())
                .sum();
    }

    /** How much of a window nothing was to be checked. */
    long inactiveMillis(Window window) {
        return eras.stream()
                .filter(era -> !era.active())
                .mapToLong(era -> window.overlapMillis(era.fromMillis(), era.toMillis()))
                .sum();
    }

    /**
     * Until when a result of this slot may speak, if no other result and no gap comes before: to the end of the period
     * that the next slot begins. An edit is no hole: the next slot may belong to the next era. Suspension ends it.
     */
    long horizon(long slot) {
        for (int i = indexAt(slot); i >= 0 && i < eras.size(); i++) {
            Era era = eras.get(i);
            if (!era.active()) {
                return Math.max(slot, era.fromMillis());
            }
            long next = era.slotAfter(slot);
            if (next < era.toMillis()) {
                return untilInactive(i, next + era.cadence().periodMillis());
            }
        }
        return slot;
    }

    /** The slot after one, in the era of that one. */
    long slotAfter(long slot) {
        int index = indexAt(slot);
        return index < 0 ? slot : eras.get(index).slotAfter(slot);
    }

    private long untilInactive(int index, long end) {
        for (int i = index; i < eras.size() && eras.get(i).fromMillis() < end; i++) {
            if (!eras.get(i).active()) {
                return eras.get(i).fromMillis();
            }
        }
        return end;
    }

    /** The era in which an instant lies, -1 before the first. */
    private int indexAt(long epochMillis) {
        int index = -1;
        while (index + 1 < eras.size() && eras.get(index + 1).fromMillis() <= epochMillis) {
            index++;
        }
        return index;
    }
}
