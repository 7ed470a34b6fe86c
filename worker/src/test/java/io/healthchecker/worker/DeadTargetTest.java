package io.healthchecker.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.verdict.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A target that is down is looked at again at once. */
class DeadTargetTest extends FleetAtWork {
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
}
