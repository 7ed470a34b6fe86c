package io.healthchecker.worker.intake;

import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.JobInboxStream;
import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.job.WakeStream.Wake;
import io.healthchecker.core.secret.SecretCipher;
import io.healthchecker.core.secret.ServiceSecretTable;
import io.healthchecker.core.service.ServiceChangeTable;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.commit.Receipts;
import io.healthchecker.worker.commit.ResultWriters;
import io.healthchecker.worker.intake.Admission.Watch;
import io.healthchecker.worker.intake.Intake.Desk;
import io.healthchecker.worker.intake.Intake.Permits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The way of jobs through a worker, from their streams until their checks have ended: three threads and what they share. */
public final class JobIntake {
    private static final Logger LOG = LoggerFactory.getLogger(JobIntake.class);

    private static final int TOGETHER = 16;

    private final JobInboxStream inbox;
    private final InFlight inFlight;
    private final Definitions definitions;
    private final DueQueue queue;
    private final Ramp ramp;
    private final Intake intake;
    private final Ticker ticker;
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Bounds of a worker.
     *
     * @param capacity checks that are held or under way at once
     * @param definitions definitions that are kept
     * @param pollMillis from one look at Redis to the next
     */
    public record Limits(int capacity, int definitions, long pollMillis) {}

    /** Whom it works with: who checks, who writes, and who else is there. */
    public record Partners(CheckStarter.Source checks, ResultWriters results, Fleet fleet) {}

    /**
     * Where jobs and definitions come from.
     *
     * @param cipher opens the secrets of definitions; empty where no key is configured
     */
    public record Sources(JobInboxStream inbox, JdbcClient jdbc, Optional<SecretCipher> cipher) {}

    public JobIntake(Sources sources, Limits limits, Partners partners, IntakeMetrics metrics, Ticker ticker) {
        JdbcClient jdbc = sources.jdbc;
        this.inbox = sources.inbox;
        this.ticker = ticker;
        this.ramp = new Ramp(ticker);
        this.inFlight = new InFlight(inbox::acknowledge);
        DefinitionCache cache = new DefinitionCache(limits.definitions);
        ServiceChecks checks = new ServiceChecks(partners.checks, new ServiceSecretTable(jdbc), sources.cipher);
        this.definitions = new Definitions(cache, new ServiceTable(jdbc), new ServiceChangeTable(jdbc), checks);
        Admission admission = new Admission(inFlight, definitions, partners.results, new Watch(metrics, ticker));
        this.queue = new DueQueue(due -> begin(due, admission, partners.checks.executor()), ticker);
        Rescue rescue = new Rescue(inbox, partners.fleet, ticker);
        Permits permits = new Permits(limits.capacity, ramp, inFlight, partners.results, limits.pollMillis);
        this.intake = new Intake(inbox, rescue, new Desk(admission, queue), permits, metrics);
        metrics.watch(inFlight::openCount, limits.capacity, cache::size);
    }

    // waking a thread costs more than beginning a check: it is done once for some, and many go to several threads
    private static void begin(List<Delivery> due, Admission admission, Executor executor) {
        for (int from = 0; from < due.size(); from += TOGETHER) {
            List<Delivery> some = due.subList(from, Math.min(due.size(), from + TOGETHER));
            executor.execute(() -> some.forEach(admission::begin));
        }
    }

    /** Begins to read, little by little where others take what it leaves. */
    public void start(WakeStream wake, boolean joinsOthers) {
        if (joinsOthers) {
            ramp.begin();
        }
        wake.listen(Wake.CHANGE, definitions::wake);
        threads.add(Thread.ofPlatform().name("hc-definitions").start(definitions));
        threads.add(Thread.ofPlatform().name("hc-due").start(queue));
        threads.add(Thread.ofPlatform().name("hc-intake").start(intake));
    }

    /** To whom committed results are told. */
    public Receipts receipts() {
        return inFlight;
    }

    /** How many checks are held or under way. */
    public int openCount() {
        return inFlight.openCount();
    }

    /** Reads no more. */
    public void stopReading() {
        intake.stop();
    }

    /** Ends: checks that were begun have some time to end, everything else is given back for others to do. */
    public void close(Duration grace) throws InterruptedException {
        stopReading();
        threads.getLast().join(Duration.ofSeconds(3));
        Collection<Delivery> unbegun = queue.close();
        unbegun.forEach(delivery -> {
            if (delivery.job() != null && inFlight.end(delivery.job())) {
                inFlight.forget(delivery);
            }
        });
        long end = ticker.nanoTime() + grace.toNanos();
        inbox.giveBack(unbegun);
        while (inFlight.openCount() > 0 && ticker.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        List<Delivery> unfinished = inFlight.giveUpOpen();
        inbox.giveBack(unfinished);
        definitions.stop();
        LOG.info("jobs given back unbegun={} unfinished={}", unbegun.size(), unfinished.size());
    }
}
