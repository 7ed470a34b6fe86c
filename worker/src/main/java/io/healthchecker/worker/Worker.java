package io.healthchecker.worker;

import io.healthchecker.core.check.TrialStream;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobInboxStream;
import io.healthchecker.core.job.JobStream;
import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.location.LocationTable;
import io.healthchecker.core.location.WorkerTable;
import io.healthchecker.core.secret.SecretCipher;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.commit.AfterCommit;
import io.healthchecker.worker.commit.CommitMetrics;
import io.healthchecker.worker.commit.ResultBuffer;
import io.healthchecker.worker.commit.ResultBuffer.Batching;
import io.healthchecker.worker.commit.ResultTransaction;
import io.healthchecker.worker.commit.ResultWriters;
import io.healthchecker.worker.compact.Upkeep;
import io.healthchecker.worker.heartbeat.Heartbeats;
import io.healthchecker.worker.intake.CheckStarter;
import io.healthchecker.worker.intake.IntakeMetrics;
import io.healthchecker.worker.intake.JobIntake;
import io.healthchecker.worker.presence.Presence;
import io.healthchecker.worker.presence.StaleSweep;
import io.healthchecker.worker.trial.Trials;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** A worker from its start to its end. */
public final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long PRESSED_MILLIS = 30;
    private static final Duration FLUSH = Duration.ofSeconds(5);

    private final WorkerSettings settings;
    private final Ticker ticker;
    private final Connections connections;
    private final int locationId;
    private final Presence presence;
    private final JobIntake intake;
    private final ResultWriters writers;
    private final ResultTransaction transaction;
    private final CommitMetrics commitMetrics;
    private final Upkeep upkeep;
    private final StaleSweep sweep;
    private final Trials trials;
    private final Heartbeats heartbeats;
    private final Chores pulse = new Chores("hc-presence");
    private final Chores chores = new Chores("hc-upkeep");

    /**
     * Where everything is kept.
     *
     * @param cipher opens the secrets of definitions; empty where no key is configured
     */
    public record Stores(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            RedisClient redis,
            Optional<SecretCipher> cipher) {}

    /** By whom it is watched, and what time it is. */
    public record Watch(MeterRegistry meters, Ticker ticker, BooleanSupplier cutOff) {
        /** Of a worker without witnesses. */
        public Watch(MeterRegistry meters, Ticker ticker) {
            this(meters, ticker, () -> false);
        }
    }

    /** Connects to Redis; does nothing else before {@link #start}. */
    public Worker(WorkerSettings settings, Stores stores, CheckStarter.Source checks, Upkeep upkeep, Watch watch) {
        this.settings = settings;
        this.ticker = watch.ticker;
        this.upkeep = upkeep;
        JdbcClient jdbc = stores.jdbc;
        this.locationId = new LocationTable(jdbc).idOf(settings.location());
        this.commitMetrics = new CommitMetrics(watch.meters);
        WorkerSettings.Commit commit = settings.commit();
        Batching batching = new Batching(
                commit.batch(),
                commit.gather().toMillis(),
                Math.min(commit.gather().toMillis(), PRESSED_MILLIS));
        this.writers = new ResultWriters(new ResultBuffer(commit.buffer(), batching, ticker), commitMetrics, ticker);
        this.transaction = new ResultTransaction(jdbc, stores.transactions, ticker);
        this.presence = presence(jdbc, watch.cutOff);
        this.connections = Connections.open(stores.redis, presence::name);
        this.intake = new JobIntake(
                new JobIntake.Sources(connections.inbox, jdbc, stores.cipher),
                new JobIntake.Limits(
                        settings.capacity(),
                        settings.definitions(),
                        settings.poll().toMillis()),
                new JobIntake.Partners(checks, writers, presence),
                new IntakeMetrics(watch.meters),
                ticker);
        this.sweep = new StaleSweep(jdbc, stores.transactions, connections.wake, ticker);
        this.heartbeats = new Heartbeats(jdbc, ticker);
        this.trials = new Trials(connections.trials, checks, locationId, ticker);
    }

    private Presence presence(JdbcClient jdbc, BooleanSupplier cutOff) {
        String version = Objects.requireNonNullElse(Worker.class.getPackage().getImplementationVersion(), "dev");
        boolean nameless = settings.name().isEmpty();
        String name = nameless ? HostName.get() : settings.name();
        return new Presence(
                new WorkerTable(jdbc),
                new Presence.Identity(name, nameless, locationId, version),
                new Presence.Load(this::inFlight, settings.capacity(), writers::backlog, cutOff),
                ticker);
    }

    private int inFlight() {
        return intake.openCount();
    }

    /** Begins to work. */
    public void start() {
        upkeep.makeAhead();
        int id = presence.enter();
        pulse.every(Presence.EVERY, "presence", this::beat);
        AfterCommit afterCommit =
                new AfterCommit(intake.receipts(), connections.jobs, connections.wake, commitMetrics, ticker);
        writers.start(settings.commit().writers(), transaction, id, afterCommit);
        intake.start(connections.wake, presence.hasCompany());
        Thread.ofPlatform().name("hc-trials").daemon().start(trials);
        chores.every(StaleSweep.EVERY, "stale sweep", this::sweepIfEldest);
        chores.every(Heartbeats.EVERY, "deadlines of heartbeats", this::judgeSilence);
        chores.every(Upkeep.EVERY, "upkeep", this::upkeepIfEldest);
        LOG.info(
                "worker started name={} location={} capacity={}",
                presence.name(),
                settings.location(),
                settings.capacity());
    }

    /** Stops reading, lets checks end, gives the others back, writes what is there. */
    public void stop() {
        try {
            trials.stop();
            chores.close();
            intake.close(settings.grace());
            writers.close(FLUSH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pulse.close();
            presence.leave();
            heartbeats.close();
            connections.close();
        }
        LOG.info("worker stopped name={}", presence.name());
    }

    /** Whether it takes jobs and its results are written. */
    public boolean isWell() {
        return !presence.isReplaced() && !writers.isAway();
    }

    private void beat() {
        presence.beat();
        if (presence.isReplaced()) {
            intake.stopReading();
        }
    }

    private void judgeSilence() {
        if (!presence.hasElder() && connections.jobs.ready()) {
            List<Job> passed = heartbeats.passed();
            if (!passed.isEmpty()) {
                connections.jobs.append(passed);
            }
        }
    }

    private void sweepIfEldest() {
        if (presence.isEldest()) {
            sweep.next();
        }
    }

    private void upkeepIfEldest() {
        if (presence.isEldest()) {
            upkeep.makeAhead();
            upkeep.clean();
        }
    }

    /** Its connections to Redis. */
    private record Connections(JobInboxStream inbox, JobStream jobs, WakeStream wake, TrialStream trials) {
        static Connections open(RedisClient client, Supplier<String> name) {
            return new Connections(
                    new JobInboxStream(client, name),
                    new JobStream(client),
                    new WakeStream(client),
                    new TrialStream(client));
        }

        void close() {
            inbox.close();
            jobs.close();
            wake.close();
            trials.close();
        }
    }
}
