package io.healthchecker.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.history.StateLine.Turn;
import io.healthchecker.core.verdict.State;
import java.util.ArrayList;
import java.util.List;
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

        assertThat(line.letters(new Window(0, 100), 10)).isEqualTo(expected);
    }

    private static List<Turn> turns(String text) {
        List<Turn> turns = new ArrayList<>();
        for (String turn : text == null ? new String[0] : text.split(",")) {
            String[] parts = turn.strip().split(" ");
            turns.add(new Turn(Long.parseLong(parts[0]), State.valueOf(parts[1])));
        }
        return turns;
    }
}
