package io.healthchecker.worker.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckPartitionTable;
import io.healthchecker.core.check.PartitionWidth;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.Installation;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpkeepTest {
    private final Ticker ticker = Ticker.system();
    private final Installation installation = new Installation();
    private final CheckPartitionTable partitions =
            new CheckPartitionTable(installation.jdbc, installation.transactions);
    private final Upkeep upkeep =
            new Upkeep(installation.jdbc, installation.transactions, new RetentionSettings(7, 7, 400), ticker);

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void partitionsAreThereTwoDaysAhead() {
        upkeep.makeAhead();
        long end = ticker.epochMillis() + Duration.ofDays(2).toMillis();
        assertThat(partitions.partitions()).anyMatch(partition -> partition.from() <= end && end < partition.to());
    }

    @Test
    void whatIsPastRetentionGoesAndTheRestStays() {
        long now = ticker.epochMillis();
        long old = now - Duration.ofDays(9).toMillis();
        partitions.coverAll(old, old, PartitionWidth.DAY);
        int kept = partitions.partitions().size() - 1;
        installation.service(2, 1);
        installation.service(2, 1);
        installation
                .jdbc
                .sql("UPDATE event SET at = at - interval '9 days' WHERE id = 1")
                .update();
        for (long slot : new long[] {old, now}) {
            installation
                    .jdbc
                    .sql("INSERT INTO failure_detail VALUES (1, :slot, 1, 20, 'refused')")
                    .param("slot", slot)
                    .update();
            installation
                    .jdbc
                    .sql("INSERT INTO gap VALUES (1, :slot, 1, :slot, 1, 81)")
                    .param("slot", slot - (slot == old ? Duration.ofDays(400).toMillis() : 0))
                    .update();
        }

        upkeep.clean();

        assertThat(partitions.partitions()).hasSize(kept);
        assertThat(installation.count("event")).isEqualTo(1);
        assertThat(installation.count("failure_detail")).isEqualTo(1);
        assertThat(installation.count("gap")).isEqualTo(1);
    }
}
