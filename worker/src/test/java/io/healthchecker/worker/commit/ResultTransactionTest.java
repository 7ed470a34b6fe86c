package io.healthchecker.worker.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.incident.Incident;
import io.healthchecker.core.incident.IncidentTable;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import io.healthchecker.core.verdict.Transition;
import io.healthchecker.worker.commit.ResultTransaction.Written;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ResultTransactionTest extends WrittenResults {
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
    void theFirstDownResultLeansAwayOnceAndTheSecondDecides() {
        Service service = installation.service(2, 1);
        write(script(service, "U"));
        assertThat(write(List.of(finished(service, 1, Outcome.DOWN))).leaning()).hasSize(1);
        assertThat(write(List.of(finished(service, 2, Outcome.DOWN))).leaning()).isEmpty();
        assertThat(write(List.of(finished(service, 3, Outcome.DOWN))).leaning()).isEmpty();
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

    private List<Incident> incidents(Service service) {
        return new IncidentTable(installation.jdbc).before(service.teamId(), Long.MAX_VALUE, service.id(), null, 10);
    }

    private String versions() {
        return installation.jdbc.sql("""
                        SELECT string_agg(v.ctid::text || s.ctid::text, ' ')
                          FROM location_verdict AS v JOIN service_state AS s USING (service_id)
                        """).query(String.class).single();
    }
}
