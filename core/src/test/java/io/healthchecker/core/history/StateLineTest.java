package io.healthchecker.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.history.StateLine.Turn;
import io.healthchecker.core.verdict.State;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateLineTest {
    /** Born, first state, turns as instant and state, and what ten parts of 0 to 100 show. */
    @ParameterizedTest(name = "born {0}, {1}, {2} is {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        0  | UP        | -                          | UUUUUUUUUU
        0  | UP        | 35 DOWN, 55 UP             | UUUDDDUUUU
        0  | UP        | 31 DOWN, 32 UP             | UUUDUUUUUU
        0  | UP        | 30 DOWN, 40 UP             | UUUDUUUUUU
        0  | UP        | 95 DOWN                    | UUUUUUUUUD
        0  | DOWN      | 5 UP                       | DUUUUUUUUU
        0  | UP        | 31 DEGRADED, 33 DOWN, 35 DEGRADED, 39 UP | UUUDUUUUUU
        0  | UP        | 31 SUSPENDED, 55 UP        | UUUUPUUUUU
        45 | UNKNOWN   | 47 UP                      | ----NUUUUU
        50 | UNKNOWN   | 65 UP                      | -----NNUUU
        100| UNKNOWN   | -                          | ----------
        -500 | UP      | -300 DOWN, -100 UP, 15 UNKNOWN | UNNNNNNNNN
        """)
    void theWorstOfEachPartIsShown(long born, State first, String turns, String expected) {
        var line = new StateLine(born, first, turns(turns));

        assertThat(line.letters(new Window(0, 100).parts(10))).isEqualTo(expected);
    }

    /** The same with waits for a first result of at most 12; a turn with a star begins one. */
    @ParameterizedTest(name = "born {0}, {1}, {2} is {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        45 | UNKNOWN   | 47 UP                      | ----UUUUUU
        45 | UNKNOWN   | 51 DOWN                    | -----DDDDD
        45 | UNKNOWN   | 58 UP                      | ----NNUUUU
        95 | UNKNOWN   | -                          | ----------
        85 | UNKNOWN   | -                          | --------NN
        45 | UNKNOWN   | 47 UP, 72 UNKNOWN, 75 UP   | ----UUUNUU
        45 | UNKNOWN   | 47 SUSPENDED, 72 UNKNOWN*, 81 UP | ----PPPPUU
        0  | UP        | 22 SUSPENDED, 52 UNKNOWN*, 61 UP | UUUPPPUUUU
        0  | UP        | 22 SUSPENDED, 52 UNKNOWN*, 75 UP | UUUPPNNNUU
        0  | UP        | 22 SUSPENDED, 92 UNKNOWN*  | UUUPPPPPPP
        0  | SUSPENDED | 22 UNKNOWN*, 25 SUSPENDED, 41 UNKNOWN*, 45 UP | PPPPUUUUUU
        -500 | SUSPENDED | -2 UNKNOWN*, 5 UP        | UUUUUUUUUU
        -500 | UP      | 22 UNKNOWN, 25 UP          | UUNUUUUUUU
        """)
    void aShortWaitForTheFirstResultIsPartOfWhatWasBefore(long born, State first, String turns, String expected) {
        var line = new StateLine(born, first, turns(turns));

        assertThat(line.withoutWaits(12, 100).letters(new Window(0, 100).parts(10)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "born {0}, {1}, {2} was so {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        0   | UP   | -                                  | -
        0   | UP   | 35 DOWN, 55 UP                     | 35-55
        0   | DOWN | 5 UP, 95 DOWN                      | 0-5 95-100
        0   | UP   | 31 DEGRADED, 33 DOWN, 39 UP        | 33-39
        0   | UP   | 30 DOWN, 30 UP, 40 DOWN, 45 DOWN, 50 UP | 40-45 45-50
        110 | DOWN | -                                  | -
        """)
    void whenItWasDownUntilNow(long born, State first, String turns, String expected) {
        List<Window> held = new StateLine(born, first, turns(turns)).held(EnumSet.of(State.DOWN), 100);

        assertThat(held.stream()
                        .map(one -> one.fromMillis() + "-" + one.toMillis())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected == null ? "" : expected);
    }

    private static List<Turn> turns(String text) {
        List<Turn> turns = new ArrayList<>();
        for (String turn : text == null ? new String[0] : text.split(",")) {
            String[] parts = turn.strip().split(" ");
            boolean awaits = parts[1].endsWith("*");
            turns.add(new Turn(Long.parseLong(parts[0]), State.valueOf(parts[1].replace("*", "")), awaits));
        }
        return turns;
    }
}
