package io.healthchecker.worker.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.incident.Incident;
import io.healthchecker.core.incident.IncidentTable;
import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import io.healthchecker.core.verdict.Transition;
import io.healthchecker.worker.Installation;
import io.healthchecker.worker.commit.ResultTransaction.Written;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultTransactionTest {
    private static final long START = Ticker.system().epochMillis() - 1_000_000;

    private final Installation installation = new Installation();
    private final ResultTransaction transaction =
            new ResultTransaction(installation.jdbc, installation.transactions, Ticker.system());

    @AfterEach
    void theInvariantsHold() {
        installation.assertInvariants();
        installation.close();
    }

    @Test
    void enoughFailuresInARowMakeOneTransitionWithItsEventAndIncident() {
        Service service = installation.service(2, 1);
        write(script(service, "U D D"));

        assertThat(installation.turns(service)).containsExactly(State.UP, State.DOWN);
        Transition down = installation.transitions(service).getLast();
        assertThat(down.slot()).isEqualTo(START + 2);
        assertThat(down.reason()).isEqualTo(Reason.CONNECT_REFUSED);
        assertThat(installation.state(service).known()).isEqualTo(State.DOWN);
        assertThat(incidents(service)).hasSize(1).allMatch(incident -> incident.closedAt() == null);

        write(List.of(finished(service, 3, Outcome.UP)));
        assertThat(installation.turns(service)).endsWith(State.UP);
        assertThat(incidents(service)).hasSize(1).allMatch(incident -> incident.closedAt() != null);
    }

    @Test
    void aLongScriptHasOneDownAtTheTenthResultAndOneUpAtTheFifteenth() {
        Service service = installation.service(3, 2);
        for (Finished one : script(service, "U D D U D D U D D D D U D U U U")) {
            write(List.of(one));
        }
        assertThat(installation.transitions(service))
                .extracting(turn -> turn.to() + " at " + (turn.slot() - START + 1))
                .containsExactly("DOWN at 10", "UP at 15");
    }

    @Test
    void oneBatchDoesWhatManyDo() {
        Service alone = installation.service(2, 1);
        Service together = installation.service(2, 1);
        String script = "U D D U G G U D ? D U U D D D U";
        script(alone, script).forEach(one -> write(List.of(one)));
        write(script(together, script));
        assertThat(installation.turns(together))
                .isEqualTo(installation.turns(alone))
                .containsExactly(
                        State.UP,
                        State.DOWN,
                        State.UP,
                        State.DEGRADED,
                        State.UP,
                        State.DOWN,
                        State.UP,
                        State.DOWN,
                        State.UP);
    }

    @Test
    void writingABatchAgainChangesNothing() {
        Service service = installation.service(2, 1);
        List<Finished> batch = script(service, "U D D");
        assertThat(write(batch).inserted()).isEqualTo(3);
        long events = installation.count("event");

        Written again = write(batch);

        assertThat(again).isEqualTo(new Written(0, 0, List.of()));
        assertThat(installation.count("event")).isEqualTo(events);
        assertThat(installation.count("check_result")).isEqualTo(3);
    }

    @Test
    void aJobThatIsTwiceInABatchCountsOnce() {
        Service service = installation.service(2, 1);
        Finished down = finished(service, 1, Outcome.DOWN);
        write(List.of(finished(service, 0, Outcome.UP), down, down));
        assertThat(installation.turns(service)).containsExactly(State.UP);
    }

    @Test
    void aSteadyServiceIsNotRewrittenAtEveryCheck() {
        Service service = installation.service(2, 1);
        write(script(service, "U"));
        String before = versions();
        write(List.of(finished(service, 1, Outcome.UP)));
        write(List.of(finished(service, 2, Outcome.UP), finished(service, 3, Outcome.UNKNOWN)));
        assertThat(versions()).isEqualTo(before);
    }

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

    @Test
    void theFirstDownResultLeansAwayOnceAndTheSecondDecides() {
        Service service = installation.service(2, 1);
        write(script(service, "U"));
        assertThat(write(List.of(finished(service, 1, Outcome.DOWN))).leaning()).hasSize(1);
        assertThat(write(List.of(finished(service, 2, Outcome.DOWN))).leaning()).isEmpty();
        assertThat(write(List.of(finished(service, 3, Outcome.DOWN))).leaning()).isEmpty();
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

    /** Three writers get the same jobs in different orders and batches, some of them several times. */
    @RepeatedTest(3)
    void writersOfTheSameServicesNeitherDeadlockNorWriteAnythingTwice() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Service> services = new ArrayList<>();
        List<Finished> jobs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Service service = installation.service(1 + random.nextInt(3), 1 + random.nextInt(2));
            services.add(service);
            for (int slot = 0; slot < 60; slot++) {
                jobs.add(finished(service, slot, Outcome.of(1 + random.nextInt(4))));
            }
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < 3; writer++) {
                List<Finished> mine = new ArrayList<>(jobs);
                Collections.shuffle(mine, random);
                ResultTransaction its =
                        new ResultTransaction(installation.jdbc, installation.transactions, Ticker.system());
                writers.add(CompletableFuture.runAsync(
                        () -> {
                            for (int from = 0; from < mine.size(); from += 100) {
                                its.write(mine.subList(from, Math.min(from + 100, mine.size())), 1);
                            }
                        },
                        threads));
            }
            writers.forEach(CompletableFuture::join);
        }
        assertThat(installation.count("check_result")).as("seed %d", seed).isEqualTo(jobs.size());
        services.forEach(service ->
                assertThat(installation.results(service)).as("seed %d", seed).hasSize(60));
    }

    private Written write(List<Finished> batch) {
        return transaction.write(batch, 1);
    }

    private List<Incident> incidents(Service service) {
        return new IncidentTable(installation.jdbc).before(service.teamId(), Long.MAX_VALUE, service.id(), null, 10);
    }

    private String versions() {
        return installation.jdbc.sql("""
                        SELECT string_agg(v.ctid::text || s.ctid::text, ' ')
                          FROM location_verdict AS v JOIN service_state AS s USING (service_id)
                        """).query(String.class).single();
    }

    private static List<Finished> script(Service service, String letters) {
        List<Finished> script = new ArrayList<>();
        for (String letter : letters.split(" ")) {
            Outcome outcome = switch (letter) {
                case "U", "u" -> Outcome.UP;
                case "G", "g" -> Outcome.DEGRADED;
                case "D", "d" -> Outcome.DOWN;
                default -> Outcome.UNKNOWN;
            };
            script.add(finished(service, script.size(), outcome, Character.isLowerCase(letter.charAt(0))));
        }
        return script;
    }

    private static Finished finished(Service service, long offset, Outcome outcome) {
        return finished(service, offset, outcome, false);
    }

    private static Finished finished(Service service, long offset, Outcome outcome, boolean slowWorker) {
        Job job = new Job(service.id(), START + offset, 1, service.version(), JobKind.GRID);
        Reason reason = switch (outcome) {
            case UP -> Reason.OK;
            case DEGRADED -> Reason.SLOW;
            case DOWN -> Reason.CONNECT_REFUSED;
            case UNKNOWN -> Reason.LATE;
        };
        CheckResult result =
                new CheckResult(job, outcome, reason, 0, 1_000, PhaseTimes.EMPTY, 0, slowWorker, "at 192.0.2.7:443");
        return new Finished(new Delivery(0, "0-" + offset, job, 1), result, Subject.of(service));
    }
}
