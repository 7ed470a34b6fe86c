package io.healthchecker.core.history;

import io.healthchecker.core.check.Outcome;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Adds up a window of one service at one location, result by result. A result speaks from its slot until the next
 * result, the next gap or its {@linkplain Eras#horizon horizon}, whichever is first.
 */
public final class Tally {
    private final Window window;
    private final Eras eras;
    private final NavigableMap<Long, MissingSlots> gaps = new TreeMap<>();

    private long up;
    private long down;
    private long slot = Long.MIN_VALUE;
    private long until = Long.MIN_VALUE;
    private Outcome outcome = Outcome.UNKNOWN;

    /** A window that does not begin before the service was created, and the gaps that touch it, in any order. */
    public Tally(Window window, Eras eras, List<MissingSlots> gaps) {
        this.window = window;
        this.eras = eras;
        gaps.forEach(gap -> this.gaps.put(gap.fromSlot(), gap));
    }

    /**
     * The next result; results come in the order of their slots. One that could not tell ends what the result before it
     * said, unless it lies off the grid (a confirmation, a check by hand): then it changes nothing.
     */
    public void add(long resultSlot, Outcome seen, boolean onGrid) {
        if (resultSlot < slot) {
            throw new IllegalArgumentException("slot %d comes after slot %d".formatted(resultSlot, slot));
        }
        if (seen == Outcome.UNKNOWN && !onGrid) {
            return;
        }
        settle(resultSlot);
        slot = resultSlot;
        outcome = seen;
        until = Math.min(eras.horizon(resultSlot), gapAfter(resultSlot));
    }

    /** The sum, once all results are added. */
    public Uptime uptime() {
        settle(Long.MAX_VALUE);
        until = slot;
        long suspended = eras.inactiveMillis(window);
        return new Uptime(up, down, window.millis() - up - down - suspended, suspended);
    }

    private void settle(long end) {
        long millis = window.overlapMillis(slot, Math.min(until, end));
        switch (outcome) {
            case UP, DEGRADED -> up += millis;
            case DOWN -> down += millis;
            case UNKNOWN -> {} // not covered
        }
    }

    /** The first missing slot after a result. */
    private long gapAfter(long resultSlot) {
        var within = gaps.floorEntry(resultSlot);
        if (within != null && within.getValue().toSlot() > resultSlot) {
            return eras.slotAfter(resultSlot);
        }
        Long next = gaps.higherKey(resultSlot);
        return next == null ? Long.MAX_VALUE : next;
    }
}
