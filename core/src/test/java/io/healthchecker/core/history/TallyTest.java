package io.healthchecker.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.service.ServiceChange;
import io.healthchecker.core.service.ServiceChange.Op;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {
    private static final Cadence EVERY_TEN_SECONDS = new Cadence(10_000, 0);

    @ParameterizedTest(name = "{0} is {1} s up, {2} s down, {3} s unknown of 60 s")
    @CsvSource(delimiter = '|', textBlock = """
            U U U U U U | 60 |  0 |  0
            U D U U U U | 50 | 10 |  0
            U S D U U U | 50 | 10 |  0
            U ? U U U U | 50 |  0 | 10
            U g U U U U | 50 |  0 | 10
            U - U U U U | 60 |  0 |  0
            U - - U U U | 50 |  0 | 10
            D - - - - - |  0 | 20 | 40
            - - - - - - |  0 |  0 | 60
            g g g g g D |  0 | 10 | 50
            """)
    void everySlotSpeaksForItsOwnPeriodAndForOneThatIsSilent(String slots, int up, int down, int unknown) {
        List<MissingSlots> gaps = new ArrayList<>();
        String[] letters = slots.split(" ");
        for (int i = 0; i < letters.length; i++) {
            if (letters[i].equals("g")) {
                gaps.add(new MissingSlots(10_000L * i, 10_000L * i));
            }
        }
        Tally tally = new Tally(new Window(0, 60_000), Eras.of(List.of(created(0))), gaps);
        for (int i = 0; i < letters.length; i++) {
            switch (letters[i]) {
                case "U" -> tally.add(10_000L * i, Outcome.UP, true);
                case "S" -> tally.add(10_000L * i, Outcome.DEGRADED, true);
                case "D" -> tally.add(10_000L * i, Outcome.DOWN, true);
                case "?" -> tally.add(10_000L * i, Outcome.UNKNOWN, true);
                default -> {} // no result
            }
        }
        assertThat(tally.uptime()).isEqualTo(new Uptime(up * 1_000L, down * 1_000L, unknown * 1_000L, 0));
    }

    @Test
    void aConfirmationRefinesTheSlotItLiesIn() {
        Tally tally = over(new Window(0, 20_000), created(0));
        tally.add(0, Outcome.DOWN, true);
        tally.add(1_001, Outcome.UP, false);
        tally.add(10_000, Outcome.UP, true);
        assertThat(tally.uptime()).isEqualTo(new Uptime(18_999, 1_001, 0, 0));
    }

    @Test
    void aConfirmationThatCouldNotTellChangesNothing() {
        Tally tally = over(new Window(0, 20_000), created(0));
        tally.add(0, Outcome.DOWN, true);
        tally.add(1_001, Outcome.UNKNOWN, false);
        tally.add(10_000, Outcome.UP, true);
        assertThat(tally.uptime()).isEqualTo(new Uptime(10_000, 10_000, 0, 0));
    }

    @Test
    void theSuspendedHourOfATwoHourLifeIsOutside() {
        long hour = 3_600_000;
        Tally tally = over(
                new Window(0, 2 * hour),
                created(0),
                change(2, Op.SUSPENDED, hour / 2, hour / 2, EVERY_TEN_SECONDS, false),
                change(3, Op.RESUMED, hour * 3 / 2, hour * 3 / 2 + 3_000, EVERY_TEN_SECONDS, true));
        for (long slot = 0; slot < hour / 2; slot += 10_000) {
            tally.add(slot, Outcome.UP, true);
        }
        tally.add(hour * 3 / 2, Outcome.UP, false);
        for (long slot = hour * 3 / 2 + 10_000; slot < 2 * hour; slot += 10_000) {
            tally.add(slot, Outcome.UP, true);
        }
        Uptime uptime = tally.uptime();
        assertThat(uptime).isEqualTo(new Uptime(hour, 0, 0, hour));
        assertThat(uptime.upMillionths()).isEqualTo(1_000_000);
        assertThat(uptime.coverageMillionths()).isEqualTo(1_000_000);
    }

    @Test
    void anEditIsNoHole() {
        // from 10 s to 60 s at 15 s: the result of 10 s speaks until the new grid begins at 60 s
        Tally tally = over(
                new Window(0, 120_000),
                created(0),
                change(2, Op.CHANGED, 12_000, 15_000, new Cadence(60_000, 0), true));
        tally.add(0, Outcome.UP, true);
        tally.add(10_000, Outcome.UP, true);
        tally.add(60_000, Outcome.UP, true);
        assertThat(tally.uptime()).isEqualTo(new Uptime(120_000, 0, 0, 0));
    }

    @Test
    void aResultBeforeTheWindowSpeaksIntoIt() {
        Tally tally = over(new Window(15_000, 40_000), created(0));
        tally.add(10_000, Outcome.DOWN, true);
        tally.add(20_000, Outcome.UP, true);
        assertThat(tally.uptime()).isEqualTo(new Uptime(20_000, 5_000, 0, 0));
    }

    @Test
    void anUptimeIsCutOffAndNeverRoundedUp() {
        assertThat(new Uptime(9_999_999, 1, 0, 0).upMillionths()).isEqualTo(999_999);
        assertThat(new Uptime(10_000_000, 0, 0, 0).upMillionths()).isEqualTo(1_000_000);
        assertThat(new Uptime(0, 0, 5, 0).known()).isFalse();
    }

    private static Tally over(Window window, ServiceChange... changes) {
        return new Tally(window, Eras.of(List.of(changes)), List.of());
    }

    private static ServiceChange created(long at) {
        return change(1, Op.CREATED, at, at, EVERY_TEN_SECONDS, true);
    }

    static ServiceChange change(long seq, Op op, long at, long effective, Cadence cadence, boolean active) {
        return new ServiceChange(seq, 1, 0, seq, op, at, effective, cadence, 5_000, active);
    }
}
