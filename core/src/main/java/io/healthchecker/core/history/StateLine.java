package io.healthchecker.core.history;

import io.healthchecker.core.verdict.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a service was, one state after the other.
 *
 * @param bornMillis when it was created, epoch milliseconds
 * @param first what it was before the first turn
 * @param turns when it became something else, oldest first
 */
public record StateLine(long bornMillis, State first, List<Turn> turns) {
    /** Stands for a stretch before the service existed, or before it was first known to be anything. */
    public static final char NOT_YET = '-';

    public StateLine {
        turns = List.copyOf(turns);
    }

    /**
     * It became something else at an instant.
     *
     * @param awaits whether from then on a first result is awaited, after a pause
     */
    public record Turn(long atMillis, State to, boolean awaits) {}

    /**
     * The same without waits for a first result: until it comes a service is what it was before, which is nothing at all
     * or suspended. A longer wait is what it is: Unknown.
     *
     * @param mostMillis how long a wait may be
     * @param nowMillis until when a wait has lasted that has not ended
     */
    public StateLine withoutWaits(long mostMillis, long nowMillis) {
        List<Turn> told = new ArrayList<>(turns.size());
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            if (!turn.awaits() || turnAfter(i, nowMillis) - turn.atMillis() > mostMillis) {
                told.add(turn);
            }
        }
        if (first != State.UNKNOWN || turnAfter(-1, nowMillis) - bornMillis > mostMillis) {
            return new StateLine(bornMillis, first, told);
        }
        if (turns.isEmpty()) {
            return new StateLine(Long.MAX_VALUE, first, told);
        }
        Turn begin = turns.getFirst();
        told.remove(begin);
        return new StateLine(begin.atMillis(), begin.to(), told);
    }

    private long turnAfter(int index, long otherwise) {
        return index + 1 < turns.size() ? turns.get(index + 1).atMillis() : otherwise;
    }

    /** When it was one of some states, until an instant; oldest first. */
    public List<Window> held(Set<State> states, long untilMillis) {
        List<Window> held = new ArrayList<>();
        long since = bornMillis;
        State state = first;
        for (Turn turn : turns) {
            if (states.contains(state) && since < turn.atMillis()) {
                held.add(new Window(since, turn.atMillis()));
            }
            state = turn.to();
            since = turn.atMillis();
        }
        if (states.contains(state) && since < untilMillis) {
            held.add(new Window(since, untilMillis));
        }
        return held;
    }

    /** A letter for each of some stretches, the worst state that was held in it. */
    public String letters(List<Window> parts) {
        StringBuilder letters = new StringBuilder(parts.size());
        for (Window part : parts) {
            State worst = worst(part.fromMillis(), part.toMillis());
            letters.append(worst == null ? NOT_YET : letter(worst));
        }
        return letters.toString();
    }

    /** The worst state within a stretch, null where the service did not exist. */
    private @Nullable State worst(long from, long to) {
        if (to <= bornMillis) {
            return null;
        }
        State worst = null;
        State state = first;
        long since = bornMillis;
        for (Turn turn : turns) {
            if (since < to && turn.atMillis() > from) {
                worst = worse(worst, state);
            }
            state = turn.to();
            since = turn.atMillis();
        }
        return since < to ? worse(worst, state) : worst;
    }

    private static State worse(@Nullable State one, State other) {
        return one == null || rank(other) > rank(one) ? other : one;
    }

    // suspended time hides nothing: whatever was seen beside it is shown
    private static int rank(State state) {
        return switch (state) {
            case DOWN -> 5;
            case DEGRADED -> 4;
            case UNKNOWN -> 3;
            case UP -> 2;
            case SUSPENDED -> 1;
        };
    }

    private static char letter(State state) {
        return switch (state) {
            case UP -> 'U';
            case DEGRADED -> 'S';
            case DOWN -> 'D';
            case UNKNOWN -> 'N';
            case SUSPENDED -> 'P';
        };
    }
}
