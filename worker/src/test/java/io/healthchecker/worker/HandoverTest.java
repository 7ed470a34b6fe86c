package io.healthchecker.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.service.Service;
import io.healthchecker.worker.Fleet.Check;
import io.healthchecker.worker.Fleet.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Workers end, die and come back, and what they had is finished by somebody. */
class HandoverTest extends FleetAtWork {
    @Test
    void whoEndsGivesBackWhatItHadNotBegunAndFinishesWhatItHad() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        Member first = fleet.start("one", job -> gate.thenApply(_ -> result(job, Outcome.UP)));
        Service service = installation.service(2, 1);
        fleet.add(job(service, ticker.epochMillis()));
        await().atMost(LIMIT).until(() -> first.started() == 1);
        for (int i = 0; i < 10; i++) {
            fleet.add(job(service, ticker.epochMillis() + 12_000 + i));
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
        Member first = fleet.start("one", _ -> new CompletableFuture<>(), Duration.ofSeconds(2));
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
}
