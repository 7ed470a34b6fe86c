package io.healthchecker.worker.compact;

import io.healthchecker.core.check.CheckPartitionTable;
import io.healthchecker.core.check.FailureDetailTable;
import io.healthchecker.core.check.GapTable;
import io.healthchecker.core.check.PartitionWidth;
import io.healthchecker.core.feed.EventTable;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Makes partitions ahead and deletes what is past retention, a little at a time. Doing it twice at once does no harm. */
public final class Upkeep {
    /** From one round to the next. */
    public static final Duration EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration AHEAD = Duration.ofDays(2);
    private static final Duration BEHIND = Duration.ofHours(1);
    private static final int BATCH = 2_000;
    private static final int BATCHES = 25;

    private final CheckPartitionTable partitions;
    private final FailureDetailTable details;
    private final GapTable gaps;
    private final EventTable events;
    private final RetentionSettings retention;
    private final Ticker ticker;

    public Upkeep(
            JdbcClient jdbc, PlatformTransactionManager transactions, RetentionSettings retention, Ticker ticker) {
        this.partitions = new CheckPartitionTable(jdbc, transactions);
        this.details = new FailureDetailTable(jdbc);
        this.gaps = new GapTable(jdbc);
        this.events = new EventTable(jdbc);
        this.retention = retention;
        this.ticker = ticker;
    }

    /** Makes the partitions of the next days, as wide as the planned number of results allows. */
    public void makeAhead() {
        long now = ticker.epochMillis();
        PartitionWidth width = PartitionWidth.forRate(partitions.plannedRate());
        partitions.coverAll(now - BEHIND.toMillis(), now + AHEAD.toMillis(), width);
    }

    /** Deletes what is past retention. */
    public void clean() {
        long now = ticker.epochMillis();
        long oldestResult = now - Duration.ofDays(retention.results()).toMillis();
        int dropped = partitions.dropBefore(oldestResult);
        if (dropped > 0) {
            LOG.info("history dropped partitions={} before={}", dropped, Instant.ofEpochMilli(oldestResult));
        }
        repeat(() -> details.deleteBefore(oldestResult, BATCH));
        long oldestGap = now - Duration.ofDays(retention.gaps()).toMillis();
        repeat(() -> gaps.deleteBefore(oldestGap, BATCH));
        Instant oldestEvent = Instant.ofEpochMilli(now).minus(Duration.ofDays(retention.events()));
        repeat(() -> events.deleteBefore(oldestEvent, BATCH));
    }

    private static void repeat(IntSupplier delete) {
        int batches = 0;
        while (delete.getAsInt() == BATCH && ++batches < BATCHES) {
            // more of it is past retention
        }
    }
}
