package io.healthchecker.worker;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.testing.TestRedis;
import io.healthchecker.worker.Fleet.Check;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Whole workers on a real PostgreSQL and a Redis of their own; only what they check is made up. */
abstract class FleetAtWork {
    static final Duration LIMIT = Duration.ofSeconds(60);

    final Ticker ticker = Ticker.system();
    final Installation installation = new Installation();
    final TestRedis redis = TestRedis.start();
    Fleet fleet;

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

    static Check up() {
        return job -> CompletableFuture.completedStage(result(job, Outcome.UP));
    }

    static Job job(Service service, long slot) {
        return new Job(service.id(), slot, 1, service.version(), JobKind.GRID);
    }

    static CheckResult result(Job job, Outcome outcome) {
        Reason reason = outcome == Outcome.UP ? Reason.OK : Reason.CONNECT_REFUSED;
        return new CheckResult(job, outcome, reason, 0, 1_000, PhaseTimes.EMPTY, 200, false, null);
    }
}
