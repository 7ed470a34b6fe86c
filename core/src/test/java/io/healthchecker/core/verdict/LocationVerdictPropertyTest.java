package io.healthchecker.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/** What holds for every sequence of results. A failure names its seed. */
class LocationVerdictPropertyTest {
    private static final int RESULTS = 60;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Thresholds thresholds = new Thresholds(1 + random.nextInt(4), 1 + random.nextInt(3));
    private final List<Outcome> outcomes = Results.random(random, RESULTS);

    @RepeatedTest(200)
    void theSameResultsGiveTheSameVerdicts() {
        assertThat(states(outcomes)).as(described()).isEqualTo(states(outcomes));
    }

    @RepeatedTest(200)
    void unknownResultsMoveNothing() {
        List<Outcome> telling =
                outcomes.stream().filter(o -> o != Outcome.UNKNOWN).toList();
        List<State> with = new ArrayList<>();
        List<State> states = states(outcomes);
        for (int i = 0; i < RESULTS; i++) {
            if (outcomes.get(i) != Outcome.UNKNOWN) {
                with.add(states.get(i));
            }
        }
        assertThat(with).as(described()).isEqualTo(states(telling));
    }

    @RepeatedTest(200)
    void downComesOnlyAfterEnoughFailuresInARowAndThenAlways() {
        int failures = 0;
        State before = State.UNKNOWN;
        List<State> states = states(outcomes);
        for (int i = 0; i < RESULTS; i++) {
            Outcome outcome = outcomes.get(i);
            failures = outcome == Outcome.DOWN ? failures + 1 : outcome == Outcome.UNKNOWN ? failures : 0;
            boolean enough = failures >= thresholds.failures();
            boolean isDown = states.get(i) == State.DOWN;
            assertThat(isDown && before != State.DOWN && !enough)
                    .as(described())
                    .isFalse();
            assertThat(enough && !isDown).as(described()).isFalse();
            before = states.get(i);
        }
    }

    @RepeatedTest(200)
    void downEndsOnlyAfterEnoughSuccessesInARow() {
        int successes = 0;
        State before = State.UNKNOWN;
        List<State> states = states(outcomes);
        for (int i = 0; i < RESULTS; i++) {
            Outcome outcome = outcomes.get(i);
            successes = outcome == Outcome.DOWN ? 0 : outcome == Outcome.UNKNOWN ? successes : successes + 1;
            if (before == State.DOWN) {
                boolean enough = successes >= thresholds.successes();
                assertThat(states.get(i) != State.DOWN).as(described()).isEqualTo(enough);
            }
            before = states.get(i);
        }
    }

    @RepeatedTest(200)
    void aVerdictIsNeverUnknownAgain() {
        List<State> states = states(outcomes);
        int first = 0;
        while (first < RESULTS && states.get(first) == State.UNKNOWN) {
            first++;
        }
        assertThat(states.subList(first, RESULTS)).as(described()).doesNotContain(State.UNKNOWN);
    }

    /** Whatever arrives late and in whatever order: a result older than what is known never changes the state. */
    @RepeatedTest(200)
    void lateResultsNeverFlipANewerVerdict() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < RESULTS; i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        LocationVerdict verdict = LocationVerdict.UNKNOWN;
        long newest = Long.MIN_VALUE;
        for (int slot : order) {
            Outcome outcome = outcomes.get(slot);
            LocationVerdict next = verdict.next(outcome, slot, newest, thresholds);
            if (slot <= newest) {
                assertThat(next.state()).as(described()).isEqualTo(verdict.state());
            }
            verdict = next;
            newest = outcome == Outcome.UNKNOWN ? newest : Math.max(newest, slot);
        }
    }

    @RepeatedTest(200)
    void deliveringAResultTwiceChangesNothing() {
        LocationVerdict verdict = LocationVerdict.UNKNOWN;
        for (int slot = 0; slot < RESULTS; slot++) {
            verdict = verdict.next(outcomes.get(slot), slot, slot - 1L, thresholds);
            assertThat(verdict.next(outcomes.get(slot), slot, slot, thresholds))
                    .as(described())
                    .isEqualTo(verdict);
        }
    }

    private List<State> states(List<Outcome> results) {
        List<State> states = new ArrayList<>();
        LocationVerdict verdict = LocationVerdict.UNKNOWN;
        for (int slot = 0; slot < results.size(); slot++) {
            verdict = verdict.next(results.get(slot), slot, slot - 1L, thresholds);
            states.add(verdict.state());
        }
        return states;
    }

    private String described() {
        return "seed %d, %s, %s".formatted(seed, thresholds, outcomes);
    }
}
