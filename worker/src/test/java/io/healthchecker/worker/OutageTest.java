package io.healthchecker.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.service.Service;
import io.healthchecker.worker.Fleet.Member;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Redis and PostgreSQL come and go, and what was found is written. */
class OutageTest extends FleetAtWork {
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

    private static CheckResult late(Job job, int lateness) {
        return new CheckResult(job, Outcome.UP, Reason.OK, lateness, 1_000, PhaseTimes.EMPTY, 200, false, null);
    }
}
