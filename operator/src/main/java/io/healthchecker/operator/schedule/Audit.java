package io.healthchecker.operator.schedule;

import io.healthchecker.core.check.GapTable;
import io.healthchecker.core.check.GapTable.Window;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.schedule.ShardTable;
import io.healthchecker.core.time.DatabaseClock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks behind the schedule: every slot that is old enough has a result or a gap, and what has neither is recorded as
 * lost. Works forward in windows, each of them one transaction that is fenced by the shard's epoch.
 */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private static final long WINDOW_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final long LEAST_MILLIS = Duration.ofSeconds(10).toMillis();
    private static final long COARSE_BEHIND_MILLIS = Duration.ofHours(1).toMillis();

    private final ShardTable shards;
    private final GapTable gaps;
    private final TransactionTemplate transaction;
    private final DatabaseClock clock;
    private final long afterMillis;

    Audit(ShardTable shards, GapTable gaps, TransactionTemplate transaction, DatabaseClock clock, Duration after) {
        this.shards = shards;
        this.gaps = gaps;
        this.transaction = transaction;
        this.clock = clock;
        this.afterMillis = after.toMillis();
    }

    /**
     * Audits the next window of a shard.
     *
     * @return how many slots were lost, or -1 if too little is old enough to be worth a look
     */
    long next(OwnedShard owned) {
        long audited = shards.auditedMillis(owned.shard());
        long end = Math.min(clock.epochMillis() - afterMillis, owned.watermark());
        if (end - audited < LEAST_MILLIS) {
            return -1;
        }
        boolean coarse = end - audited > COARSE_BEHIND_MILLIS;
        Window window = new Window(audited, Math.min(end, audited + (coarse ? COARSE_BEHIND_MILLIS : WINDOW_MILLIS)));
        Long lost = transaction.execute(status -> {
            long found = gaps.recordLost(owned.shard(), Plan.LOCATION, window, coarse);
            if (!shards.advanceAudited(owned.lease(), window.toMillis())) {
                status.setRollbackOnly();
                return 0L;
            }
            return found;
        });
        if (lost == null || lost == 0) {
            return 0;
        }
        LOG.warn(
                "slots lost shard={} slots={} from={} to={} reason={}",
                owned.shard(),
                lost,
                window.afterMillis(),
                window.toMillis(),
                Reason.LOST);
        return lost;
    }
}
