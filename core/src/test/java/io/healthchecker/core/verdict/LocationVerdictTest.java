package io.healthchecker.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** U is UP, G DEGRADED, D DOWN, ? UNKNOWN; one result a slot. */
class LocationVerdictTest {
    private static final Thresholds THREE_TWO = new Thresholds(3, 2);

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ?           | UNKNOWN
            U           | UNKNOWN
            U U         | UP
            U ? U       | UP
            D D         | UNKNOWN
            D D D       | DOWN
            U D U D U   | UNKNOWN
            G G         | DEGRADED
            U G         | DEGRADED
            G U         | UP
            U U D D     | UP
            U U D D D   | DOWN
            U U D ? D D | DOWN
            U U D D U D | UP
            U U G G     | UP
            U U G G G   | DEGRADED
            U U G D G D | UP
            D D D U     | DOWN
            D D D U U   | UP
            D D D U D U | DOWN
            D D D G U   | UP
            D D D U G   | DEGRADED
            G G U       | DEGRADED
            G G U U     | UP
            G G D D D   | DOWN
            """)
    void turnsOnlyAfterEnoughResultsInARow(String results, State expected) {
        assertThat(after(results, THREE_TWO).state()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} is {1} at once")
    @CsvSource({"U, UP", "G, DEGRADED", "D, DOWN"})
    void oneResultIsEnoughWhereOneIsAskedFor(String results, State expected) {
        assertThat(after(results, new Thresholds(1, 1)).state()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "after {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            U       | true
            U U     | false
            U U D   | true
            U U D ? | true
            U U D U | false
            D D D   | false
            D D D D | false
            D D D U | true
            """)
    void leansAwayWhileTheLastResultDisagrees(String results, boolean expected) {
        assertThat(after(results, THREE_TWO).leansAway()).isEqualTo(expected);
    }

    @Test
    void aLongScriptHasOneDownAtTheTenthResultAndOneUpAtTheFifteenth() {
        LocationVerdict verdict = LocationVerdict.UNKNOWN;
        List<String> turns = new ArrayList<>();
        String script = "U D D U D D U D D D D U D U U U";
        int number = 0;
        for (Outcome outcome : Results.of(script)) {
            number++;
            LocationVerdict next = verdict.next(outcome, number, number - 1, THREE_TWO);
            if (next.state() != verdict.state() && number > 2) {
                turns.add(next.state() + " at " + number);
            }
            verdict = next;
        }
        assertThat(turns).containsExactly("DOWN at 10", "UP at 15");
    }

    @Test
    void aSteadyVerdictIsNotRewritten() {
        LocationVerdict up = after("U U", THREE_TWO);
        assertThat(up.next(Outcome.UP, 100, 99, THREE_TWO)).isSameAs(up);
        assertThat(up.settledBy(Outcome.UP)).isTrue();
        assertThat(up.settledBy(Outcome.UNKNOWN)).isTrue();
        assertThat(up.settledBy(Outcome.DOWN)).isFalse();
        assertThat(up.settledBy(Outcome.DEGRADED)).isFalse();
    }

    @Test
    void aFailureThatIsOlderThanAKnownSuccessIsIgnored() {
        LocationVerdict up = after("U U", THREE_TWO);
        assertThat(up.next(Outcome.DOWN, 50, 60, new Thresholds(1, 1))).isSameAs(up);
    }

    @Test
    void aResultAtOrBeforeTheLastChangeIsIgnored() {
        LocationVerdict leaning = after("U U D", THREE_TWO);
        assertThat(leaning.next(Outcome.UP, leaning.slot(), 0, THREE_TWO)).isSameAs(leaning);
    }

    @Test
    void afterAResetOnlyResultsAfterItCount() {
        LocationVerdict reset = LocationVerdict.unknown(100);
        assertThat(reset.next(Outcome.DOWN, 100, 0, new Thresholds(1, 1))).isSameAs(reset);
        assertThat(reset.next(Outcome.UP, 101, 0, new Thresholds(1, 1)).state()).isEqualTo(State.UP);
    }

    @Test
    void raisingAThresholdWhileLeaningOnlyAsksForMore() {
        LocationVerdict leaning = after("U U D D", THREE_TWO);
        assertThat(leaning.next(Outcome.DOWN, 5, 4, new Thresholds(5, 2)).state())
                .isEqualTo(State.UP);
        assertThat(leaning.next(Outcome.DOWN, 5, 4, new Thresholds(1, 2)).state())
                .isEqualTo(State.DOWN);
    }

    private static LocationVerdict after(String results, Thresholds thresholds) {
        LocationVerdict verdict = LocationVerdict.UNKNOWN;
        long slot = 0;
        for (Outcome outcome : Results.of(results)) {
            slot++;
            verdict = verdict.next(outcome, slot, slot - 1, thresholds);
        }
        return verdict;
    }

    @Test
    void aResultOfASlowWorkerFlipsNothingAlone() {
        Thresholds one = new Thresholds(1, 1);
        LocationVerdict up = LocationVerdict.UNKNOWN.next(Outcome.UP, 1, 0, one);
        LocationVerdict doubted = up.next(Outcome.DOWN, 2, 1, one, true);
        assertThat(doubted.state()).isEqualTo(State.UP);
        assertThat(doubted.leansAway()).isTrue();
        assertThat(doubted.next(Outcome.DOWN, 3, 2, one, true).state()).isEqualTo(State.DOWN);
        assertThat(doubted.next(Outcome.DOWN, 3, 2, one, false).state()).isEqualTo(State.DOWN);
        assertThat(doubted.next(Outcome.UP, 3, 2, one, true).leansAway()).isFalse();
    }
}
