package io.healthchecker.worker.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.heartbeat.Signal;
import io.healthchecker.core.location.LocationTable;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.verdict.State;
import org.junit.jupiter.api.Test;

/** What other monitors got wrong about reports of jobs. */
class HeartbeatReportTest extends ReportingJob {
    @Test
    void aFailureAndTheSilenceAfterItAreOneOutage() {
        ping(Signal.SUCCESS);
        check();
        now += 5_000;
        ping(Signal.FAILURE);
        check();
        for (int second = 0; second < 90; second++) {
            now += 1_000;
            work();
        }
        ping(Signal.SUCCESS);
        check();
        assertThat(installation.turns(service)).containsExactly(State.UP, State.DOWN, State.UP);
    }

    @Test
    void whatIsSuspendedStaysSuspendedWhateverItReports() {
        ping(Signal.SUCCESS);
        check();
        Service suspended = installation.suspend(service, true);
        ping(Signal.SUCCESS);
        check();
        ping(Signal.FAILURE);
        check();
        assertThat(installation.registration.change(
                        service.id(),
                        new NewService(service.teamId(), "renamed", Source.REST, null, suspended.definition()),
                        null))
                .isPresent();
        now += 100_000;
        work();
        check();
        assertThat(installation.turns(service)).containsExactly(State.UP, State.SUSPENDED);
    }

    @Test
    void whatItReportedBeforeItWasResumedDoesNotCount() {
        ping(Signal.FAILURE);
        check();
        Service suspended = installation.suspend(service, true);
        now += 3_600_000;
        installation
                .jdbc
                .sql("UPDATE service_change SET at_ms = 0 WHERE op = 1")
                .update();
        installation.suspend(suspended, false);
        installation
                .jdbc
                .sql("UPDATE service_change SET at_ms = :now WHERE op = 4")
                .param("now", now)
                .update();
        now += 1_000;
        check();
        assertThat(installation.turns(service)).containsExactly(State.DOWN, State.SUSPENDED, State.UNKNOWN);
        now += 1_000;
        ping(Signal.SUCCESS);
        check();
        assertThat(installation.turns(service)).endsWith(State.UP);
    }

    /** A report is a fact and no view from a place: it is the same one that each of them judges. */
    @Test
    void aReportCountsOnceAndSilenceIsToldOnceFromHoweverManyPlacesItIsJudged() {
        int elsewhere = new LocationTable(installation.jdbc).idOf("elsewhere");
        ping(Signal.SUCCESS);
        check();
        checkAt(elsewhere);
        for (int second = 1; second <= 100; second++) {
            now = born + second * 1_000L;
            work();
            checkAt(elsewhere);
        }
        assertThat(installation.turns(service)).containsExactly(State.UP, State.DOWN);
        ping(Signal.SUCCESS);
        checkAt(elsewhere);
        check();
        assertThat(installation.turns(service)).containsExactly(State.UP, State.DOWN, State.UP);
    }
}
