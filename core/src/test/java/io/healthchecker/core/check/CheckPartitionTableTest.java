package io.healthchecker.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.testing.TestPostgres;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

class CheckPartitionTableTest {
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final List<PartitionWidth> WIDTHS = List.of(PartitionWidth.values());
    private static final long START = 20_000 * DAY;

    private final DataSource database = TestPostgres.freshDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final CheckPartitionTable table = new CheckPartitionTable(jdbc, new JdbcTransactionManager(database));

    @Test
    void partitionsAreMadeOnceAndSideBySide() {
        table.coverAll(START + 5, START + 2 * DAY, PartitionWidth.DAY);
        table.coverAll(START + 5, START + 2 * DAY, PartitionWidth.DAY);
        assertThat(table.partitions()).containsExactly(day(0), day(1), day(2));
    }

    @Test
    void aNarrowerWidthBeginsWhereTheWideOnesEnd() {
        table.coverAll(START, START + 1, PartitionWidth.DAY);
        table.coverAll(START + 20 * HOUR, START + 32 * HOUR, PartitionWidth.QUARTER_DAY);
        table.coverAll(START + 35 * HOUR, START + 37 * HOUR, PartitionWidth.HOUR);
        assertThat(table.partitions())
                .containsExactly(day(0), hours(24, 30), hours(30, 36), hours(36, 37), hours(37, 38));
    }

    @Test
    void aWidthThatDoesNotFitIsFilledWithHours() {
        table.coverAll(START + 5 * HOUR, START + 5 * HOUR, PartitionWidth.HOUR);
        table.cover(List.of(START + 7 * HOUR), PartitionWidth.DAY);
        assertThat(table.partitions()).containsExactly(hours(5, 6), hours(7, 8));
    }

    @RepeatedTest(10)
    void whateverIsAskedForEverySlotThenHasAPartition() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 10; i++) {
            long slot = START + random.nextLong(3 * DAY);
            table.cover(List.of(slot), WIDTHS.get(random.nextInt(WIDTHS.size())));
            assertThat(insert(slot)).as("seed %d", seed).isEqualTo(1);
        }
    }

    @Test
    void manyProcessesMayMakeThemAtOnce() {
        List<CompletableFuture<Void>> all = IntStream.range(0, 6)
                .mapToObj(_ -> CompletableFuture.runAsync(() -> {
                    new CheckPartitionTable(jdbc, new JdbcTransactionManager(database))
                            .coverAll(START, START + 5 * DAY, PartitionWidth.DAY);
                }))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(table.partitions()).hasSize(6);
    }

    @Test
    void onlyPartitionsThatAreWhollyPastRetentionGo() {
        table.coverAll(START, START + 3 * DAY - 1, PartitionWidth.DAY);
        insert(START + 1);
        insert(START + DAY + 1);
        assertThat(table.dropBefore(START + 2 * DAY - 1)).isEqualTo(1);
        assertThat(table.partitions()).containsExactly(day(1), day(2));
        assertThat(new CheckResultTable(jdbc).count(1)).isEqualTo(1);
    }

    @Test
    void whatAnotherProcessDroppedIsMadeAgainAfterForgetting() {
        table.cover(List.of(START), PartitionWidth.DAY);
        new CheckPartitionTable(jdbc, new JdbcTransactionManager(database)).dropBefore(START + 9 * DAY);
        assertThatThrownBy(() -> insert(START)).hasMessageContaining("no partition of relation");
        table.forget();
        table.cover(List.of(START), PartitionWidth.DAY);
        assertThat(insert(START)).isEqualTo(1);
    }

    @Test
    void theWidthFollowsTheRate() {
        assertThat(PartitionWidth.forRate(0)).isEqualTo(PartitionWidth.DAY);
        assertThat(PartitionWidth.forRate(999)).isEqualTo(PartitionWidth.DAY);
        assertThat(PartitionWidth.forRate(1_000)).isEqualTo(PartitionWidth.QUARTER_DAY);
        assertThat(PartitionWidth.forRate(4_000)).isEqualTo(PartitionWidth.HOUR);
        assertThat(table.plannedRate()).isZero();
    }

    private int insert(long slot) {
        CheckResult result = new CheckResult(
                new Job(1, slot, 1, 1, JobKind.GRID), Outcome.UP, Reason.OK, 0, 1, PhaseTimes.EMPTY, 0, false, null);
        return new CheckResultTable(jdbc).insert(List.of(result), 1).size();
    }

    private static CheckPartition day(int number) {
        return new CheckPartition(START + number * DAY, START + (number + 1) * DAY);
    }

    private static CheckPartition hours(int from, int to) {
        return new CheckPartition(START + from * HOUR, START + to * HOUR);
    }
}
