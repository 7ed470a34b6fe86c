package io.healthchecker.api.system;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a figure was within the last hour: the least and the most that was seen in each of 360 steps of ten seconds, on a
 * grid that begins with the epoch. A step in which nothing was seen is a hole, not a zero. It is kept in the memory of this
 * process alone, in three arrays of 360 places (8.6 kB) that never grow, and is gone with it. For any thread.
 */
final class LastHour {
    /** Milliseconds. */
    static final int STEP_MILLIS = 10_000;

    static final int STEPS = 360;

    private final long[] held = new long[STEPS]; // which step a place holds
    private final double[] least = new double[STEPS];
    private final double[] most = new double[STEPS];

    LastHour() {
        Arrays.fill(held, -1);
    }

    /**
     * The steps of an hour, oldest first; null where nothing was seen.
     *
     * @param from epoch milliseconds at which the first step begins
     */
    record Steps(long from, List<@Nullable Double> least, List<@Nullable Double> most) {}

    /** A figure was seen. A step that is over an hour old makes room for it. */
    synchronized void add(long epochMillis, double value) {
        long step = Math.floorDiv(epochMillis, STEP_MILLIS);
        int place = Math.floorMod(step, STEPS);
        boolean isFirst = held[place] != step;
        held[place] = step;
        least[place] = isFirst ? value : Math.min(least[place], value);
        most[place] = isFirst ? value : Math.max(most[place], value);
    }

    /** The hour up to and with the step of an instant. */
    synchronized Steps upTo(long epochMillis) {
        long first = firstStep(epochMillis);
        List<@Nullable Double> low = new ArrayList<>(STEPS);
        List<@Nullable Double> high = new ArrayList<>(STEPS);
        for (long step = first; step < first + STEPS; step++) {
            int place = Math.floorMod(step, STEPS);
            boolean isKnown = held[place] == step;
            low.add(isKnown ? (Double) least[place] : null);
            high.add(isKnown ? (Double) most[place] : null);
        }
        return new Steps(first * STEP_MILLIS, low, high);
    }

    private static long firstStep(long epochMillis) {
        return Math.floorDiv(epochMillis, STEP_MILLIS) - STEPS + 1;
    }
}
