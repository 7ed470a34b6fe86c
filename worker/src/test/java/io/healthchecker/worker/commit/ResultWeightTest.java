package io.healthchecker.worker.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which results count: late ones, doubtful ones, and those of services that nobody wants checked. */
class ResultWeightTest extends WrittenResults {
    @Test
    void aLateFailureThatIsOlderThanAKnownSuccessIsIgnored() {
        Service service = installation.service(1, 1);
        write(List.of(finished(service, 0, Outcome.UP)));
        write(List.of(finished(service, 100, Outcome.UP)));
        write(List.of(finished(service, 50, Outcome.DOWN)));
        assertThat(installation.turns(service)).containsExactly(State.UP);
        assertThat(installation.results(service)).hasSize(3);
    }

    @Test
    void aLateSuccessDoesNotInterruptNewerFailures() {
        Service service = installation.service(2, 1);
        write(List.of(finished(service, 0, Outcome.UP)));
        write(List.of(finished(service, 20, Outcome.DOWN)));
        write(List.of(finished(service, 10, Outcome.UP)));
        write(List.of(finished(service, 30, Outcome.DOWN)));
        assertThat(installation.turns(service)).containsExactly(State.UP, State.DOWN);
    }

    @Test
    void ourOwnTroubleNeverMovesAState() {
        Service service = installation.service(1, 1);
        write(script(service, "? ? U ? ? ? ?"));
        assertThat(installation.turns(service)).containsExactly(State.UP);
        assertThat(installation.results(service)).hasSize(7);
    }

    /** In small letters: as a worker saw it that was too slow itself. */
    @ParameterizedTest(name = "{1}, turning after {0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            1 | U d         | UP
            1 | U d U d U d | UP
            1 | U g         | UP
            1 | U d d       | UP DOWN
            1 | U g g       | UP DEGRADED
            1 | U d D       | UP DOWN
            1 | U D u       | UP DOWN UP
            2 | U d d       | UP
            2 | U D d       | UP
            2 | U d D       | UP DOWN
            2 | U d d d     | UP DOWN
            """)
    void whatASlowWorkerFoundWrongNeedsOneMoreToTurnAState(int failures, String results, String turns) {
        Service service = installation.service(failures, 1);
        script(service, results).forEach(one -> write(List.of(one)));
        assertThat(installation.turns(service)).extracting(State::name).containsExactly(turns.split(" "));
    }

    @Test
    void whatASlowWorkerFoundWrongIsLookedAtAgainAtOnce() {
        Service service = installation.service(1, 1);
        write(script(service, "U"));
        assertThat(write(List.of(finished(service, 1, Outcome.DOWN, true))).leaning())
                .hasSize(1);
    }

    @Test
    void resultsOfASuspendedServiceAreKeptAndMoveNothing() {
        Service service = installation.service(1, 1);
        write(script(service, "U"));
        installation.suspend(service, true);
        write(List.of(finished(service, 5, Outcome.DOWN)));
        assertThat(installation.turns(service)).containsExactly(State.UP, State.SUSPENDED);
        assertThat(installation.results(service)).hasSize(2);
    }

    @Test
    void aResultOfBeforeAResumptionDoesNotCountAfterIt() {
        Service service = installation.service(1, 1);
        write(script(service, "U"));
        installation.suspend(service, true);
        installation.suspend(service, false);
        write(List.of(finished(service, 5, Outcome.DOWN)));
        assertThat(installation.turns(service)).containsExactly(State.UP, State.SUSPENDED, State.UNKNOWN);

        long later = Ticker.system().epochMillis() - START + 60_000;
        write(List.of(finished(service, later, Outcome.UP)));
        assertThat(installation.turns(service)).endsWith(State.UP);
    }

    @Test
    void resultsOfADeletedServiceAreKeptAndMoveNothing() {
        Service service = installation.service(1, 1);
        installation.remove(service);
        write(script(service, "U D"));
        assertThat(installation.results(service)).hasSize(2);
        assertThat(installation.count("transition")).isZero();
    }
}
