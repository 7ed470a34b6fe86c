package io.healthchecker.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import io.healthchecker.testing.TestRedis;
import io.healthchecker.worker.Fleet.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Whole workers on a real PostgreSQL and a Redis of their own; only what they check is made up. */
class WorkerTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Ticker ticker = Ticker.system();
    private final Installation installation = new Installation();
    private final TestRedis redis = TestRedis.start();
    private Fleet fleet;

    @BeforeEach
    void open() {
        fleet = new Fleet(installation, redis);
    }

    @AfterEach
    void theInvariantsHold() {
        fleet.close();
        installation.assertInvariants();
        installation.close();
        redis.close();
    }

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
        assertThat(worker.startedAt(slot)).isBetween(slot, slot + 1_000);
    }

    @Test
    void aFlushedRedisIsOnlyAMatterOfNewJobs() {
        fleet.start("one", up());
        Service service = installation.service(2, 1);
        fleet.add(job(service, ticker.epochMillis()));
        await().atMost(LIMIT).until(() -> installation.results(service).size() == 1);
        fleet.flush();
        fleet.add(job(service, ticker.epochMillis()));
        await().atMost(LIMIT).until(() -> installation.results(service).size() == 2);
    }

    @Test
    void aRestartedRedisIsReadOn() {
        fleet.start("one", up());
        Service service = installation.service(2, 1);
        fleet.add(job(service, ticker.epochMillis()));
        await().atMost(LIMIT).until(() -> installation.results(service).size() == 1);
        redis.restart();
        await().atMost(LIMIT).ignoreExceptions().until(() -> {
            fleet.add(job(service, ticker.epochMillis()));
            return installation.results(service).size() >= 2;
        });
    }

    @Test
    void resultsWaitWhileTheDatabaseIsAwayAndAreAcknowledgedOnlyOnceWritten() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        fleet.start("one", job -> gate.thenApply(_ -> result(job, Outcome.UP)));
        Service service = installation.service(2, 1);
        Member worker = fleet.member("one");
        for (int i = 0; i < 20; i++) {
            fleet.add(job(service, ticker.epochMillis() + i));
        }
        await().atMost(LIMIT).until(() -> worker.started() == 20);
        installation.goAway();
        try {
            gate.complete(null);
            await().atMost(LIMIT).until(() -> !worker.isWell());
            assertThat(fleet.pending()).isEqualTo(20);
        } finally {
            installation.comeBack();
        }
        // a connection of the test's own may have been cut as well
        await().atMost(LIMIT)
                .ignoreExceptionsInstanceOf(DataAccessException.class)
                .untilAsserted(() -> {
                    assertThat(installation.results(service)).hasSize(20).allMatch(r -> r.outcome() == Outcome.UP);
                    assertThat(fleet.pending()).isZero();
                });
        await().atMost(LIMIT).until(worker::isWell);
    }

    @Test
    void aResultThatTheDatabaseCannotHoldDoesNotHoldUpTheOthers() {
        installation
                .jdbc
                .sql("ALTER TABLE check_result ADD CHECK (lateness_ms <> 77777)")
                .update();
        fleet.start(
                "one",
                job -> CompletableFuture.completedStage(
                        job.slot() % 10 == 3 ? late(job, 77_777) : result(job, Outcome.UP)));
        Service service = installation.service(2, 1);
        long start = ticker.epochMillis() / 10 * 10;
        for (int i = 0; i < 20; i++) {
            fleet.add(job(service, start + i));
        }
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(installation.results(service)).hasSize(18);
            assertThat(fleet.pending()).isZero();
        });
    }

    @Test
    void aSuspendedServiceIsNotTouched() {
        Member worker = fleet.start("one", up());
        Service service = installation.service(2, 1);
        fleet.add(job(service, ticker.epochMillis()));
        await().atMost(LIMIT).until(() -> installation.results(service).size() == 1);

        long soon = ticker.epochMillis() + 1_500;
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

    @Test
    void aDeadTargetIsDownByConfirmationLongBeforeItsNextSlot() {
        fleet.start("one", job -> CompletableFuture.completedStage(result(job, Outcome.DOWN)));
        Service service = farFromItsNextSlot(3);
        fleet.add(job(service, ticker.epochMillis()));
        await().atMost(LIMIT).until(() -> installation.turns(service).contains(State.DOWN));
        assertThat(installation.results(service))
                .extracting(result -> result.job().kind())
                .containsExactly(JobKind.GRID, JobKind.CONFIRMATION, JobKind.CONFIRMATION);
        Cadence cadence = Cadence.of(service.id(), 3_600_000);
        assertThat(installation.results(service).stream().skip(1))
                .noneMatch(result -> cadence.isSlot(result.job().slot()));
    }

    /** A service that nobody but a confirmation checks for the next minute: a slot that is near needs none. */
    private Service farFromItsNextSlot(int failureThreshold) {
        while (true) {
            Service service = installation.registration.create(installation.wanted(3_600, failureThreshold, 1, false));
            long now = ticker.epochMillis();
            if (Cadence.of(service.id(), 3_600_000).slotAfter(now) > now + 60_000) {
                return service;
            }
        }
    }

    @Test
    void manyDeadTargetsAtOnceAreAllConfirmed() {
        fleet.start("one", job -> CompletableFuture.completedStage(result(job, Outcome.DOWN)));
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < 180; i++) {
            services.add(farFromItsNextSlot(2));
        }
        services.forEach(service -> fleet.add(job(service, ticker.epochMillis())));
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(installation.count("transition")).isEqualTo(180));
    }

    @Test
    void whoEndsGivesBackWhatItHadNotBegunAndFinishesWhatItHad() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        Member first = fleet.start("one", job -> gate.thenApply(_ -> result(job, Outcome.UP)));
        Service service = installation.service(2, 1);
        fleet.add(job(service, ticker.epochMillis()));
        await().atMost(LIMIT).until(() -> first.started() == 1);
        for (int i = 0; i < 10; i++) {
            fleet.add(job(service, ticker.epochMillis() + 20_000 + i));
        }
        await().atMost(LIMIT).until(() -> fleet.delivered() == 11);
        CompletableFuture<Void> stop = CompletableFuture.runAsync(first::stop);
        await().atMost(LIMIT).until(() -> fleet.entries() >= 21);
        gate.complete(null);
        stop.join();

        assertThat(installation.results(service)).hasSize(1);
        assertThat(fleet.pending()).isZero();
        fleet.start("two", up());
        await().atMost(LIMIT.multipliedBy(2))
                .until(() -> installation.results(service).size() == 11);
    }

    @Test
    void aCheckThatDoesNotEndInTimeIsGivenBack() {
        Member first = fleet.start("one", _ -> new CompletableFuture<>());
        Service service = installation.service(2, 1);
        fleet.add(job(service, ticker.epochMillis()));
        await().atMost(LIMIT).until(() -> first.started() == 1);
        first.stop();
        fleet.start("two", up());
        await().atMost(LIMIT).until(() -> installation.results(service).size() == 1);
    }

    @Test
    void whoComesBackUnderItsNameFinishesWhatItHadLeft() {
        Service service = installation.service(2, 1);
        fleet.readAsIfBy("one", job(service, ticker.epochMillis()));
        assertThat(fleet.pending()).isEqualTo(1);
        fleet.start("one", up());
        await().atMost(LIMIT).until(() -> installation.results(service).size() == 1 && fleet.pending() == 0);
    }

    @Test
    void aJobThatKilledSeveralWorkersIsGivenUp() {
        Service service = installation.service(2, 1);
        Job job = job(service, ticker.epochMillis());
        fleet.readAsIfBy("one", job);
        for (int i = 0; i < 3; i++) {
            fleet.claimAsIfBy("one");
        }
        Member worker = fleet.start("one", up());
        await().atMost(LIMIT).until(() -> installation.results(service).size() == 1 && fleet.pending() == 0);
        assertThat(installation.results(service).getFirst().reason()).isEqualTo(Reason.POISONED);
        assertThat(worker.started()).isZero();
    }

    @Test
    void workersComeAndGoAndEveryJobStillLeavesOneResult() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            services.add(installation.service(2, 1));
        }
        List<Job> jobs = new ArrayList<>();
        long start = ticker.epochMillis() + 200;
        for (int i = 0; i < 300; i++) {
            jobs.add(job(services.get(i % 10), start + 10L * i));
        }
        fleet.start("w0", random(random));
        for (int i = 0; i < 5; i++) {
            jobs.subList(i * 60, i * 60 + 60).forEach(fleet::add);
            Member next = fleet.start("w" + (i + 1), random(random));
            await().atMost(LIMIT).until(() -> next.started() > 0 || fleet.pending() == 0);
            fleet.member("w" + i).stop();
        }
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(withoutResult(jobs, services)).as("seed %d", seed).isEmpty();
            assertThat(fleet.pending()).isZero();
        });
    }

    /** By slot: a confirmation may meet one of these in its millisecond, since they are on no cadence. */
    private List<Job> withoutResult(List<Job> jobs, List<Service> services) {
        Map<Long, Set<Long>> slots = services.stream()
                .collect(Collectors.toMap(
                        Service::id,
                        service -> installation.results(service).stream()
                                .map(result -> result.job().slot())
                                .collect(Collectors.toSet())));
        return jobs.stream()
                .filter(job -> !slots.get(job.serviceId()).contains(job.slot()))
                .toList();
    }

    private Check random(Random random) {
        return job -> CompletableFuture.completedStage(result(job, random.nextInt(4) == 0 ? Outcome.DOWN : Outcome.UP));
    }

    /** What is made of a job. */
    interface Check {
        CompletionStage<CheckResult> of(Job job);
    }

    private static Check up() {
        return job -> CompletableFuture.completedStage(result(job, Outcome.UP));
    }

    private static Job job(Service service, long slot) {
        return new Job(service.id(), slot, 1, service.version(), JobKind.GRID);
    }

    private static CheckResult late(Job job, int lateness) {
        return new CheckResult(job, Outcome.UP, Reason.OK, lateness, 1_000, PhaseTimes.EMPTY, 200, false, null);
    }

    private static CheckResult result(Job job, Outcome outcome) {
        Reason reason = outcome == Outcome.UP ? Reason.OK : Reason.CONNECT_REFUSED;
        return new CheckResult(job, outcome, reason, 0, 1_000, PhaseTimes.EMPTY, 200, false, null);
    }
}
