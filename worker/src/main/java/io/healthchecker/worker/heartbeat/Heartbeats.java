package io.healthchecker.worker.heartbeat;

import io.healthchecker.core.heartbeat.HeartbeatTable;
import io.healthchecker.core.heartbeat.HeartbeatTable.Passed;
import io.healthchecker.core.heartbeat.Rhythm;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.intake.CheckStarter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes checks of heartbeats, and has one made when a deadline passes: the slots of the grid see silence up to a period
 * later. Whoever asks for a check, and however often, a slot has one result.
 */
public final class Heartbeats implements AutoCloseable {
    /** From one look at the deadlines to the next. */
    public static final Duration EVERY = Duration.ofSeconds(1);

    private static final int LOCATION = 1; // the only one from which jobs are made so far
    private static final int LIMIT = 1_000;
    private static final long MILLIS_FOR_A_CHECK = 10_000; // of a job that was lost with its stream none comes
    private static final int READERS = 2;
    private static final long FRESH_MILLIS = 1_500; // an older slot might be too late for a check

    private final HeartbeatTable table;
    private final Ticker ticker;
    private final ExecutorService readers = Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().daemon().name("hc-heartbeats-", 0).factory());

    public Heartbeats(JdbcClient jdbc, Ticker ticker) {
        this.table = new HeartbeatTable(jdbc);
        this.ticker = ticker;
    }

    /**
     * Makes a heartbeat ready to be judged.
     *
     * @throws IllegalArgumentException if its definition cannot be read
     */
    public CheckStarter prepare(Service service) {
        return new HeartbeatCheck(service.id(), Rhythm.of(service.definition()), table, readers, ticker);
    }

    /** A check of each heartbeat whose deadline has passed since the last time, or was lost. Whoever looks first has them. */
    public List<Job> passed() {
        long now = ticker.epochMillis();
        return table.sweep(now, MILLIS_FOR_A_CHECK, LIMIT).stream()
                .map(each -> job(each, now))
                .toList();
    }

    private static Job job(Passed passed, long now) {
        long slot = now - passed.deadlineMillis() <= FRESH_MILLIS ? passed.deadlineMillis() : now;
        return new Job(passed.serviceId(), slot, LOCATION, passed.version(), JobKind.MANUAL);
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
