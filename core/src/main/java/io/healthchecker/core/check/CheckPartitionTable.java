package io.healthchecker.core.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The partitions of {@code check_result}. Making and dropping them is done under one advisory lock, each in a
 * transaction of its own, and holds up neither readers nor writers.
 */
public final class CheckPartitionTable {
    private static final long ADVISORY_LOCK = 0x6863_7061_7274L; // "hcpart"

    private static final String BOUNDS = """
            SELECT (regexp_match(bound, 'FROM \\(''(-?\\d+)''\\) TO \\(''(-?\\d+)''\\)'))[1]::bigint AS lower,
                   (regexp_match(bound, 'FROM \\(''(-?\\d+)''\\) TO \\(''(-?\\d+)''\\)'))[2]::bigint AS upper
              FROM (SELECT pg_get_expr(c.relpartbound, c.oid) AS bound
                      FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
                     WHERE i.inhparent = 'check_result'::regclass) AS partitions
             WHERE bound LIKE 'FOR VALUES FROM%'
             ORDER BY lower
            """;

    private static final String RATE = """
            SELECT coalesce(sum(1.0 / coalesce((definition ->> 'periodSeconds')::numeric, 60)), 0)
              FROM service
             WHERE deleted_at IS NULL
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private volatile List<CheckPartition> known = List.of();

    public CheckPartitionTable(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Makes those partitions that are missing for some slots, of a width where there is room for it. */
    public void cover(Collection<Long> slots, PartitionWidth width) {
        List<CheckPartition> partitions = known;
        if (isCovered(slots, partitions)) {
            return;
        }
        transaction.executeWithoutResult(_ -> {
            lock();
            List<CheckPartition> present = new ArrayList<>(partitions());
            for (long slot : slots) {
                if (present.stream().noneMatch(partition -> partition.contains(slot))) {
                    present.add(create(slot, width, present));
                }
            }
        });
        known = partitions();
    }

    /** Makes the partitions for all slots from one instant to another. */
    public void coverAll(long from, long to, PartitionWidth width) {
        List<Long> hours = new ArrayList<>();
        for (long hour = from; hour < to; hour += PartitionWidth.HOUR_MILLIS) {
            hours.add(hour);
        }
        hours.add(to);
        cover(hours, width);
    }

    /** Drops partitions whose slots are all below one, oldest first, and says how many it dropped. */
    public int dropBefore(long slot) {
        int dropped = 0;
        for (CheckPartition partition : partitions()) {
            if (partition.to() <= slot) {
                transaction.executeWithoutResult(_ -> {
                    lock();
                    if (partitions().contains(partition)) {
                        drop(partition);
                    }
                });
                dropped++;
            }
        }
        if (dropped > 0) {
            known = partitions();
        }
        return dropped;
    }

    /** What is there, by time. */
    public List<CheckPartition> partitions() {
        return jdbc.sql(BOUNDS)
                .query((row, number) -> new CheckPartition(row.getLong("lower"), row.getLong("upper")))
                .list();
    }

    /** Looks anew next time: an insert found no partition where there had been one. */
    public void forget() {
        known = List.of();
    }

    /** How many results a second the services that live ask for. */
    public double plannedRate() {
        return jdbc.sql(RATE).query(Double.class).single();
    }

    private CheckPartition create(long slot, PartitionWidth width, List<CheckPartition> present) {
        CheckPartition wide = CheckPartition.around(slot, width);
        // an hour always fits: all bounds are whole hours
        CheckPartition partition =
                present.stream().noneMatch(wide::overlaps) ? wide : CheckPartition.around(slot, PartitionWidth.HOUR);
        // attaching takes a weaker lock than CREATE TABLE ... PARTITION OF, which would stop all writers
        jdbc.sql("""
                        CREATE TABLE %1$s (LIKE check_result INCLUDING ALL);
                        ALTER TABLE check_result ATTACH PARTITION %1$s FOR VALUES FROM (%2$d) TO (%3$d)
                        """.formatted(partition.table(), partition.from(), partition.to()))
                .update();
        return partition;
    }

    private void drop(CheckPartition partition) {
        // a reader that holds the table for long must not make every writer queue up behind us
        jdbc.sql("""
                        SET LOCAL lock_timeout = '500ms';
                        ALTER TABLE check_result DETACH PARTITION %1$s;
                        DROP TABLE %1$s
                        """.formatted(partition.table())).update();
    }

    private void lock() {
        jdbc.sql("SELECT pg_advisory_xact_lock(:lock)")
                .param("lock", ADVISORY_LOCK)
                .query((row, number) -> true)
                .single();
    }

    private static boolean isCovered(Collection<Long> slots, List<CheckPartition> partitions) {
        for (long slot : slots) {
            boolean covered = false;
            for (CheckPartition partition : partitions) {
                covered |= partition.contains(slot);
            }
            if (!covered) {
                return false;
            }
        }
        return true;
    }
}
