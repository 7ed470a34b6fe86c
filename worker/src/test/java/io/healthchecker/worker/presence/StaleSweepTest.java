package io.healthchecker.worker.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.transition.StateChange;
import io.healthchecker.core.transition.TransitionLog;
import io.healthchecker.core.verdict.LocationVerdict;
import io.healthchecker.core.verdict.LocationVerdictTable;
import io.healthchecker.core.verdict.LocationVerdictTable.Changed;
import io.healthchecker.core.verdict.ServiceStateTable;
import io.healthchecker.core.verdict.State;
import io.healthchecker.testing.TestRedis;
import io.healthchecker.worker.Installation;
import io.lettuce.core.RedisClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class StaleSweepTest {
    private final Ticker ticker = Ticker.system();
    private final Installation installation = new Installation();
    private final RedisClient client = RedisClient.create(TestRedis.freshDatabase());
    private final StaleSweep sweep =
            new StaleSweep(installation.jdbc, installation.transactions, new WakeStream(client), ticker);

    @AfterEach
    void theInvariantsHold() {
        installation.assertInvariants();
        installation.close();
        client.shutdown();
    }

    @Test
    void aServiceThatNobodyCanTellAnythingAboutBecomesUnknownOnce() {
        Service service = up(200_000);
        assertThat(sweep.sweep(0, 255)).isEqualTo(1);
        assertThat(installation.turns(service)).containsExactly(State.UP, State.UNKNOWN);
        assertThat(installation.state(service).reason()).isEqualTo(Reason.STALE);
        assertThat(installation.state(service).known()).isEqualTo(State.UP);
        assertThat(sweep.sweep(0, 255)).isZero();
        assertThat(new LocationVerdictTable(installation.jdbc)
                        .find(List.of(service.id()))
                        .get(service.id())
                        .at(1)
                        .state())
                .isEqualTo(State.UNKNOWN);
    }

    @Test
    void threePeriodsHaveToPass() {
        Service service = up(150_000);
        assertThat(sweep.sweep(0, 255)).isZero();
        assertThat(installation.turns(service)).containsExactly(State.UP);
    }

    @Test
    void aResultThatTellsSomethingKeepsAStateAlive() {
        Service service = up(400_000);
        result(service, 100_000, Outcome.UP);
        assertThat(sweep.sweep(0, 255)).isZero();
    }

    @Test
    void resultsThatTellNothingDoNot() {
        Service service = up(400_000);
        result(service, 100_000, Outcome.UNKNOWN);
        assertThat(sweep.sweep(0, 255)).isEqualTo(1);
    }

    @Test
    void aServiceThatWasJustChangedIsGivenTime() {
        Service service = up(400_000);
        installation
                .jdbc
                .sql("UPDATE service SET updated_at = clock_timestamp()")
                .update();
        assertThat(sweep.sweep(0, 255)).isZero();
        assertThat(installation.turns(service)).containsExactly(State.UP);
    }

    @Test
    void suspendedAndDeletedServicesAreLeftAlone() {
        Service suspended = up(400_000);
        Service deleted = up(400_000);
        installation.suspend(suspended, true);
        installation.remove(deleted);
        installation
                .jdbc
                .sql("UPDATE service SET updated_at = clock_timestamp() - interval '1 h'")
                .update();
        assertThat(sweep.sweep(0, 255)).isZero();
    }

    @Test
    void anotherSweepAtTheSameTimeDoesNothing() {
        up(400_000);
        new TransactionTemplate(installation.transactions).executeWithoutResult(_ -> {
            installation
                    .jdbc
                    .sql("SELECT pg_advisory_xact_lock(114776348255600)")
                    .query((row, number) -> true)
                    .single();
            assertThat(java.util.concurrent.CompletableFuture.supplyAsync(() -> sweep.sweep(0, 255))
                            .join())
                    .isZero();
        });
        assertThat(sweep.sweep(0, 255)).isEqualTo(1);
    }

    @Test
    void allShardsHaveTheirTurn() {
        up(400_000);
        up(400_000);
        up(400_000);
        int changed = 0;
        for (int i = 0; i < 8; i++) {
            changed += sweep.next();
        }
        assertThat(changed).isEqualTo(3);
    }

    /** A service that was last seen Up so long ago. */
    private Service up(long millisAgo) {
        Service service = installation.service(2, 1);
        result(service, millisAgo, Outcome.UP);
        long slot = ticker.epochMillis() - millisAgo;
        LocationVerdict up = new LocationVerdict(State.UP, Outcome.UP, 0, slot);
        new LocationVerdictTable(installation.jdbc).write(List.of(new Changed(service.id(), 1, up)));
        new TransactionTemplate(installation.transactions).executeWithoutResult(_ -> {
            var before = new ServiceStateTable(installation.jdbc)
                    .lock(List.of(service.id()))
                    .getFirst();
            new TransitionLog(installation.jdbc, ticker)
                    .record(
                            List.of(new StateChange(before, service.name(), State.UP, slot, Reason.OK, null)),
                            List.of());
        });
        installation
                .jdbc
                .sql("UPDATE service SET updated_at = clock_timestamp() - interval '1 h' WHERE id = :id")
                .param("id", service.id())
                .update();
        return service;
    }

    private void result(Service service, long millisAgo, Outcome outcome) {
        Job job = new Job(service.id(), ticker.epochMillis() - millisAgo, 1, 1, JobKind.GRID);
        CheckResult result = new CheckResult(job, outcome, Reason.OK, 0, 1, PhaseTimes.EMPTY, 0, false, null);
        new CheckResultTable(installation.jdbc).insert(List.of(result), 1);
    }
}
