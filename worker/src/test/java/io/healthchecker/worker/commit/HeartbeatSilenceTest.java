package io.healthchecker.worker.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.heartbeat.Signal;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.verdict.State;
import io.healthchecker.core.verdict.Transition;
import io.healthchecker.worker.heartbeat.Heartbeats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What other monitors got wrong about jobs that no longer report. */
class HeartbeatSilenceTest extends ReportingJob {
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
                    together.await(60, TimeUnit.SECONDS);
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

    @Test
    void lateIsSaidBeforeDown() {
        ping(Signal.SUCCESS);
        now = born + 35_000;
        check();
        assertThat(installation.results(service).getLast().reason()).isEqualTo(Reason.HEARTBEAT_LATE);
        assertThat(installation.turns(service)).containsExactly(State.UP);
    }
}
