package io.healthchecker.core.verdict;

import io.healthchecker.core.check.Outcome;

/**
 * What one location holds a service to be, and how the last results lean. A verdict changes only after enough equal
 * results in a row; where it is Down or Unknown, UP and DEGRADED are equal: slow, but there.
 *
 * @param state never {@link State#SUSPENDED}
 * @param leaning of the last result that told something; {@link Outcome#UNKNOWN} before the first
 * @param streak how many results in a row lean away from the state, below the threshold; 0 while they agree with it
 * @param slot of the last result that changed this verdict, epoch milliseconds; results at or before it are past
 */
public record LocationVerdict(State state, Outcome leaning, int streak, long slot) {
    /** Before the first result. */
    public static final LocationVerdict UNKNOWN = unknown(Long.MIN_VALUE);

    /** Nothing is known any more: only results after an instant count. */
    public static LocationVerdict unknown(long slot) {
        return new LocationVerdict(State.UNKNOWN, Outcome.UNKNOWN, 0, slot);
    }

    /**
     * The verdict after a result.
     *
     * @param newest slot of the newest result that told something and is already part of this verdict, or any lower
     *     instant; needed only where the outcome is not {@link #settledBy}
     */
    public LocationVerdict next(Outcome outcome, long resultSlot, long newest, Thresholds thresholds) {
        return next(outcome, resultSlot, newest, thresholds, false);
    }

    /**
     * The verdict after a result.
     *
     * @param doubtful whether the worker itself may be why the outcome is what it is: one more in a row is asked for
     */
    public LocationVerdict next(
            Outcome outcome, long resultSlot, long newest, Thresholds thresholds, boolean doubtful) {
        if (settledBy(outcome) || resultSlot <= slot) {
            return this;
        }
        if (agrees(outcome)) {
            return new LocationVerdict(state, outcome, 0, resultSlot);
        }
        if (resultSlot <= newest) {
            return this; // an older result never flips a newer verdict
        }
        int run = continues(outcome) ? streak + 1 : 1;
        return run >= threshold(outcome, thresholds) + (doubtful ? 1 : 0)
                ? new LocationVerdict(stateOf(outcome), outcome, 0, resultSlot)
                : new LocationVerdict(state, outcome, run, resultSlot);
    }

    /** Whether a result of this outcome changes nothing, whenever it was due. */
    public boolean settledBy(Outcome outcome) {
        return outcome == Outcome.UNKNOWN || (streak == 0 && leaning == outcome && agrees(outcome));
    }

    /** Whether the last result disagrees with the verdict, so that a confirmation is worth its cost. */
    public boolean leansAway() {
        return streak > 0;
    }

    private boolean agrees(Outcome outcome) {
        return state == stateOf(outcome);
    }

    private boolean continues(Outcome outcome) {
        if (streak == 0) {
            return false;
        }
        boolean isThere = outcome != Outcome.DOWN && leaning != Outcome.DOWN;
        return leaning == outcome || (isThere && (state == State.DOWN || state == State.UNKNOWN));
    }

    private int threshold(Outcome outcome, Thresholds thresholds) {
        return switch (outcome) {
            case DOWN -> thresholds.failures();
            case DEGRADED -> state == State.UP ? thresholds.failures() : thresholds.successes();
            case UP, UNKNOWN -> thresholds.successes();
        };
    }

    private static State stateOf(Outcome outcome) {
        return switch (outcome) {
            case UP -> State.UP;
            case DEGRADED -> State.DEGRADED;
            case DOWN -> State.DOWN;
            case UNKNOWN -> State.UNKNOWN;
        };
    }
}
