package io.healthchecker.worker.commit;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.heartbeat.Heartbeat;
import io.healthchecker.core.heartbeat.Heartbeat.Ping;
import io.healthchecker.core.heartbeat.HeartbeatTable;
import io.healthchecker.core.heartbeat.Rhythm;
import io.healthchecker.core.heartbeat.Signal;
import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HeartbeatProbe;
import io.healthchecker.worker.Installation;
import io.healthchecker.worker.heartbeat.Heartbeats;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A job that reports by itself, every 30 s with 10 s of grace, and a clock that the test moves. */
abstract class ReportingJob {
    final Installation installation = new Installation();
    final ResultTransaction transaction =
            new ResultTransaction(installation.jdbc, installation.transactions, Ticker.system());
    final HeartbeatTable table = new HeartbeatTable(installation.jdbc);
    final Service service = service();
    final long born = Ticker.system().epochMillis() + 1_000;
    long now = born;
    Heartbeats worker = new Heartbeats(installation.jdbc, ticker());

    @AfterEach
    void theInvariantsHold() {
        worker.close();
        installation.assertInvariants();
        installation.close();
    }

    /** What a second of the fleet is: slots of the grid, and deadlines. */
    void work() {
        worker.passed().forEach(this::run);
        long slot = Cadence.of(service.id(), 30_000).slotAt(now);
        if (now - slot < 1_000) {
            run(new Job(service.id(), slot, 1, 1, JobKind.GRID));
        }
    }

    void check() {
        checkAt(1);
    }

    void checkAt(int location) {
        run(new Job(service.id(), now, location, 1, JobKind.MANUAL));
    }

    void run(Job job) {
        Service current = new ServiceTable(installation.jdbc)
                .living(List.of(service.id()))
                .getFirst();
        CheckResult result = worker.prepare(current)
                .start(job)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        Finished finished = new Finished(new Delivery(0, "0-1", job, 1), result, Subject.of(current));
        transaction.write(List.of(finished), 1);
        transaction.write(List.of(finished), 1); // delivered twice
    }

    void ping(Signal signal) {
        Heartbeat after = table.lock(service.id()).orElseThrow().after(new Ping(signal, null, null, null), now);
        table.write(after, after.deadlineMillis(Rhythm.of(service.definition())));
    }

    void restart() {
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

    Ticker ticker() {
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
