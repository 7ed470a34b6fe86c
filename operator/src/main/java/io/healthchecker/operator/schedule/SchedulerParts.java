package io.healthchecker.operator.schedule;

import io.healthchecker.core.check.GapTable;
import io.healthchecker.core.job.JobStream;
import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.schedule.SchedulerTable;
import io.healthchecker.core.schedule.ShardTable;
import io.healthchecker.core.service.ServiceChangeTable;
import io.healthchecker.core.time.DatabaseClock;
import io.healthchecker.core.time.Ticker;
import io.lettuce.core.RedisClient;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts of one scheduler, put together. Who drives them is another question: {@link Scheduler}, or a test. */
final class SchedulerParts {
    final DatabaseClock clock;
    final Tenure tenure;
    final OwnedShards shards;
    final Queues queues;
    final GapQueue gaps;
    final Emitter emitter;
    final Leases leases;
    final ChangeFollower follower;
    final DriftCheck drift;
    final Keeper keeper;
    final Audit audit;
    final AuditRound audits;

    /** What it stands on. */
    record Ground(
            JdbcClient jdbc, PlatformTransactionManager transactions, RedisClient redis, ScheduleMetrics metrics) {}

    SchedulerParts(ScheduleSettings settings, Ground ground, Ticker ticker) {
        ScheduleMetrics metrics = ground.metrics();
        ShardTable shardTable = new ShardTable(ground.jdbc());
        SchedulerTable schedulerTable = new SchedulerTable(ground.jdbc());
        ServiceChangeTable changes = new ServiceChangeTable(ground.jdbc());
        GapTable gapTable = new GapTable(ground.jdbc());
        clock = new DatabaseClock(ticker);
        tenure = new Tenure(ticker, settings.databaseGrace());
        shards = new OwnedShards(tenure, metrics);
        metrics.watch(shards, clock);
        queues = new Queues(new JobStream(ground.redis()), metrics, settings.shedAfter());
        gaps = new GapQueue(gapTable, ticker, metrics);
        emitter = new Emitter(shards, queues, clock, gaps, metrics);
        ShardLoader loader = new ShardLoader(shardTable, changes, queues, clock);
        leases = new Leases(
                uniqueName(settings.name()),
                new Leases.Tables(schedulerTable, shardTable, loader),
                shards,
                emitter,
                new Leases.Time(ticker, clock));
        follower = new ChangeFollower(changes, emitter);
        drift = new DriftCheck(changes, follower, emitter, shards, loader);
        keeper = new Keeper(leases, follower, drift, tenure, ticker);
        audit = new Audit(
                shardTable, gapTable, new TransactionTemplate(ground.transactions()), clock, settings.auditAfter());
        audits = new AuditRound(
                shards, gaps, audit, metrics, new AuditRound.Patience(ticker, tenure, settings.auditAfter()));
    }

    Scheduler scheduler(WakeStream wakes) {
        return new Scheduler(new Scheduler.Parts(emitter, queues, keeper, audits, shards), wakes);
    }

    // a process that is started again is another scheduler: the leases of the one before are not its own
    private static String uniqueName(String name) {
        return name + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }
}
