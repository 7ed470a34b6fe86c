package io.healthchecker.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.service.Service;
import io.healthchecker.worker.Fleet.Member;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a job. */
class WorkerTest extends FleetAtWork {
    @Test
    void everyJobLeavesOneResultWhateverIsDeliveredTwice() {
        fleet.start("one", up());
        fleet.start("two", up());
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Service service = installation.service(2, 1);
            for (int slot = 0; slot < 10; slot++) {
                jobs.add(job(service, ticker.epochMillis() + slot * 37L));
            }
        }
        jobs.forEach(fleet::add);
        jobs.forEach(fleet::add);

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(installation.count("check_result")).isEqualTo(jobs.size());
            assertThat(fleet.pending()).isZero();
        });
        assertThat(installation.count("transition")).isEqualTo(40);
    }

    @Test
    void aJobIsHeldUntilItsSlot() {
        Member worker = fleet.start("one", up());
        Service service = installation.service(2, 1);
        long slot = ticker.epochMillis() + 1_200;
        fleet.add(job(service, slot));
        await().atMost(LIMIT).until(() -> installation.count("check_result") == 1);
        assertThat(worker.startedAt(slot)).isBetween(slot, slot + 30_000);
    }

    @Test
    void aSuspendedServiceIsNotTouched() {
        Member worker = fleet.start("one", up());
        Service service = installation.service(2, 1);
        fleet.add(job(service, ticker.epochMillis()));
        await().atMost(LIMIT).until(() -> installation.results(service).size() == 1);

        long soon = ticker.epochMillis() + 8_000;
        fleet.add(job(service, soon)); // held by the worker when the suspension comes
        installation.suspend(service, true);
        fleet.wakeForChange();
        for (int i = 0; i < 5; i++) {
            fleet.add(job(service, soon + i));
        }
        await().atMost(LIMIT).until(() -> ticker.epochMillis() > soon + 100 && fleet.pending() == 0);
        assertThat(worker.started()).isEqualTo(1);
        assertThat(installation.results(service)).hasSize(1);
    }

    @Test
    void aDeletedServiceIsNotTouched() {
        Member worker = fleet.start("one", up());
        Service service = installation.service(2, 1);
        installation.remove(service);
        fleet.add(job(service, ticker.epochMillis()));
        await().atMost(LIMIT).until(() -> fleet.delivered() == 1 && fleet.pending() == 0);
        assertThat(worker.started()).isZero();
    }

    @Test
    void aJobThatComesTooLateIsUnknownWithoutACheck() {
        Member worker = fleet.start("one", up());
        Service service = installation.service(2, 1);
        fleet.add(job(service, ticker.epochMillis() - 70_000));
        await().atMost(LIMIT).until(() -> installation.results(service).size() == 1);
        CheckResult late = installation.results(service).getFirst();
        assertThat(late.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(late.reason()).isEqualTo(Reason.LATE);
        assertThat(late.latenessMillis()).isBetween(70_000, 100_000);
        assertThat(worker.started()).isZero();
    }

    @Test
    void aSlotThatCannotBeDueLeavesNothing() {
        fleet.start("one", up());
        Service service = installation.service(2, 1);
        fleet.add(job(service, 0));
        fleet.add(job(service, Long.MAX_VALUE));
        fleet.add(job(service, Long.MIN_VALUE));
        await().atMost(LIMIT).until(() -> fleet.delivered() == 3 && fleet.pending() == 0);
        assertThat(installation.results(service)).isEmpty();
        assertThat(installation.count("pg_inherits")).isLessThan(20);
    }

    @Test
    void aCheckThatFailsInTheWorkerIsTheWorkersFault() {
        fleet.start("one", job -> {
            throw new IllegalStateException("no socket left");
        });
        Service service = installation.service(1, 1);
        fleet.add(job(service, ticker.epochMillis()));
        await().atMost(LIMIT).until(() -> installation.results(service).size() == 1);
        assertThat(installation.results(service).getFirst().reason()).isEqualTo(Reason.WORKER_FAULT);
        assertThat(installation.turns(service)).isEmpty();
    }
}
