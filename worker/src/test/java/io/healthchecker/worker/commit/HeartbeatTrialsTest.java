package io.healthchecker.worker.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.heartbeat.Heartbeat;
import io.healthchecker.core.heartbeat.Heartbeat.Ping;
import io.healthchecker.core.heartbeat.HeartbeatTable;
import io.healthchecker.core.heartbeat.Rhythm;
import io.healthchecker.core.heartbeat.Signal;
import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.location.LocationTable;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import io.healthchecker.core.verdict.Transition;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HeartbeatProbe;
import io.healthchecker.worker.Installation;
import io.healthchecker.worker.heartbeat.Heartbeats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What other monitors got wrong about jobs that report by themselves. */
class HeartbeatTrialsTest {
    private final Installation installation = new Installation();
    private final ResultTransaction transaction =
            new ResultTransaction(installation.jdbc, installation.transactions, Ticker.system());
    private final HeartbeatTable table = new HeartbeatTable(installation.jdbc);
    private final Service service = service();
    private final long born = Ticker.system().epochMillis() + 1_000;
    private long now = born;
    private Heartbeats worker = new Heartbeats(installation.jdbc, ticker());

    @AfterEach
    void theInvariantsHold() {
        worker.close();
        installation.assertInvariants();
        installation.close();
    }

    @Test
    void restartsDoNotSetTheTimerAnew() {
        ping(Signal.SUCCESS);
        long deadline = born + 40_000;
        for (int second = 1; second <= 120; second++) {
            now = born + second * 1_000L;
            if (second % 15 == 0) {
                restart();
            }
            work();
        }
        assertThat(installation.turns(service)).containsExactly(State.UP, State.DOWN);
        Transition down = installation.transitions(service).getLast();
        assertThat(down.slot()).isBetween(deadline, deadline + 1_000);
        assertThat(down.reason()).isEqualTo(Reason.HEARTBEAT_MISSED);
        assertThat(down.detail()).contains("the last ping came at ", "with 10 s of grace");
    }

    @Test
    void aDeadlineThatPassedWhileNobodyWasThereIsSeenAtOnce() {
        ping(Signal.SUCCESS);
        now = born + 1_000;
        check();
        now = born + 600_000;
        restart();
        work();
        assertThat(installation.turns(service)).containsExactly(State.UP, State.DOWN);
        assertThat(installation.transitions(service).getLast().slot()).isEqualTo(now);
    }

    @Test
    void whatNeverReportedIsAwaitedAndNotDown() {
        for (int second = 1; second <= 200; second += 10) {
            now = born + second * 1_000L;
            work();
        }
        check();
        assertThat(installation.turns(service)).isEmpty();
        assertThat(installation.state(service).state()).isEqualTo(State.UNKNOWN);
        assertThat(installation.results(service)).isNotEmpty().allMatch(r -> r.reason() == Reason.HEARTBEAT_AWAITED);
    }

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

    /** Several workers look for deadlines that have passed: each of them is one's alone, and the outage is told once. */
    @Test
    void ofSeveralWorkersOneTellsOfTheSilence() throws Exception {
        ping(Signal.SUCCESS);
        check();
        now = born + 40_000;
        int workers = 8;
        List<Heartbeats> fleet = new ArrayList<>();
        List<Job> found = new CopyOnWriteArrayList<>();
        CyclicBarrier together = new CyclicBarrier(workers);
        List<Thread> looking = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            Heartbeats one = new Heartbeats(installation.jdbc, ticker());
            fleet.add(one);
            looking.add(Thread.ofPlatform().start(() -> {
                try {
                    together.await(20, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                found.addAll(one.passed());
            }));
        }
        for (Thread one : looking) {
            one.join();
        }
        assertThat(found).singleElement().satisfies(job -> {
            assertThat(job.serviceId()).isEqualTo(service.id());
            assertThat(job.slot()).isEqualTo(born + 40_000);
        });
        found.forEach(this::run);
        check(); // the slot of the grid, at another worker
        fleet.forEach(Heartbeats::close);
        assertThat(installation.turns(service)).containsExactly(State.UP, State.DOWN);
    }

    /** Redis is emptied, or whoever asked is killed: a job of a day would be seen to be silent a day later. */
    @Test
    void aCheckThatWasLostIsAskedForAgain() {
        ping(Signal.SUCCESS);
        check();
        now = born + 40_000;
        assertThat(worker.passed()).as("lost on its way").hasSize(1);
        now += 9_000;
        assertThat(worker.passed()).as("it may still come").isEmpty();
        now += 1_000;
        worker.passed().forEach(this::run);
        assertThat(installation.turns(service)).containsExactly(State.UP, State.DOWN);
        now += 60_000;
        assertThat(worker.passed()).as("it came").isEmpty();
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

    @Test
    void lateIsSaidBeforeDown() {
        ping(Signal.SUCCESS);
        now = born + 35_000;
        check();
        assertThat(installation.results(service).getLast().reason()).isEqualTo(Reason.HEARTBEAT_LATE);
        assertThat(installation.turns(service)).containsExactly(State.UP);
    }

    /** What a second of the fleet is: slots of the grid, and deadlines. */
    private void work() {
        worker.passed().forEach(this::run);
        long slot = Cadence.of(service.id(), 30_000).slotAt(now);
        if (now - slot < 1_000) {
            run(new Job(service.id(), slot, 1, 1, JobKind.GRID));
        }
    }

    private void check() {
        checkAt(1);
    }

    private void checkAt(int location) {
        run(new Job(service.id(), now, location, 1, JobKind.MANUAL));
    }

    private void run(Job job) {
        Service current = new ServiceTable(installation.jdbc)
                .living(List.of(service.id()))
                .getFirst();
        CheckResult result = worker.prepare(current)
                .start(job)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        Finished finished = new Finished(new Delivery(0, "0-1", job, 1), result, Subject.of(current));
        transaction.write(List.of(finished), 1);
        transaction.write(List.of(finished), 1); // delivered twice
    }

    private void ping(Signal signal) {
        Heartbeat after = table.lock(service.id()).orElseThrow().after(new Ping(signal, null, null, null), now);
        table.write(after, after.deadlineMillis(Rhythm.of(service.definition())));
    }

    private void restart() {
        worker.close();
        worker = new Heartbeats(installation.jdbc, ticker());
    }

    private Service service() {
        Definition definition = Definition.of(new HeartbeatProbe(10, null, null))
                .with(draft -> {
                    draft.periodSeconds = 30;
                    draft.failureThreshold = 3;
                });
        Service made = installation.registration.create(new NewService(1, "backup", Source.REST, null, definition));
        table.giveToken(made.id(), new byte[] {1}, null);
        return made;
    }

    private Ticker ticker() {
        return new Ticker() {
            @Override
            public long epochMillis() {
                return now;
            }

            @Override
            public long nanoTime() {
                return now * 1_000_000;
            }
        };
    }
}
