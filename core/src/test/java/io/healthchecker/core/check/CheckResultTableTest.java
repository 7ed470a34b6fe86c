package io.healthchecker.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKey;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.testing.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class CheckResultTableTest {
    private static final long DAY = 86_400_000;
    private static final long START = 20_000 * DAY;

    private final DataSource database = TestPostgres.freshDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final JdbcTransactionManager transactions = new JdbcTransactionManager(database);
    private final CheckPartitionTable partitions = new CheckPartitionTable(jdbc, transactions);
    private final CheckResultTable table = new CheckResultTable(jdbc);
    private final FailureDetailTable details = new FailureDetailTable(jdbc);

    @BeforeEach
    void coverTwoDays() {
        partitions.coverAll(START, START + 2 * DAY, PartitionWidth.DAY);
    }

    @Test
    void everyFieldComesBackAsItWasWritten() {
        CheckResult full = new CheckResult(
                new Job(7, START + 5, 1, 42, JobKind.CONFIRMATION),
                Outcome.DEGRADED,
                Reason.SLOW,
                -3,
                1_234_567,
                new PhaseTimes(1, 2, 3, 4, 5),
                503,
                true,
                "412 ms; up to 300 ms are expected");
        CheckResult bare = CheckResult.unknown(new Job(8, START + 6, 1, 43, JobKind.GRID), Reason.LATE, 9_000, null);

        write(full, bare);

        assertThat(table.page(7, 0, 10)).containsExactly(full);
        assertThat(table.page(8, 0, 10)).containsExactly(bare);
    }

    @Test
    void aJobLeavesOneResultHoweverOftenItIsWritten() {
        assertThat(insert(up(1, 0), down(2, 0, "x"))).containsExactlyInAnyOrder(key(1, 0), key(2, 0));
        assertThat(insert(down(1, 0, "later"), up(1, 1), up(1, 1))).containsExactly(key(1, 1));
        assertThat(table.page(1, 0, 10)).extracting(CheckResult::outcome).containsExactly(Outcome.UP, Outcome.UP);
    }

    @Test
    void twoWritersOfTheSameJobsInOppositeOrderDoNotDeadlock() {
        List<CheckResult> forwards =
                LongStream.range(0, 400).mapToObj(id -> up(id, 0)).toList();
        List<CheckResult> backwards = new ArrayList<>(forwards).reversed();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            TransactionTemplate transaction = new TransactionTemplate(transactions);
            CompletableFuture<Set<JobKey>> one =
                    CompletableFuture.supplyAsync(() -> transaction.execute(_ -> table.insert(forwards, 1)), threads);
            CompletableFuture<Set<JobKey>> other =
                    CompletableFuture.supplyAsync(() -> transaction.execute(_ -> table.insert(backwards, 2)), threads);
            assertThat(one.join().size() + other.join().size()).isEqualTo(400);
        }
    }

    @Test
    void historyIsPagedFromTheNewestBackwards() {
        insert(LongStream.range(0, 25).mapToObj(n -> up(1, n * DAY / 20)).toArray(CheckResult[]::new));
        List<Long> slots = new ArrayList<>();
        long before = Long.MAX_VALUE;
        List<CheckResult> page = table.before(1, before, 10);
        while (!page.isEmpty()) {
            page.forEach(result -> slots.add(result.job().slot()));
            before = page.getLast().job().slot();
            page = table.before(1, before, 10);
        }
        assertThat(slots)
                .isEqualTo(LongStream.range(0, 25)
                        .map(n -> START + (24 - n) * DAY / 20)
                        .boxed()
                        .toList());
        assertThat(table.page(1, 20, 10))
                .extracting(result -> result.job().slot())
                .isEqualTo(slots.subList(20, 25));
        assertThat(table.count(1)).isEqualTo(25);
    }

    @Test
    void theNewestResultOfEachOfSomeServicesIsFound() {
        insert(up(1, 0), down(1, 1, "x"), up(2, DAY), up(3, 5));
        assertThat(table.latest(List.of(1L, 2L, 4L)))
                .hasSize(2)
                .hasEntrySatisfying(1L, result -> assertThat(result.outcome()).isEqualTo(Outcome.DOWN))
                .hasEntrySatisfying(
                        2L, result -> assertThat(result.job().slot()).isEqualTo(START + DAY));
    }

    @Test
    void newerResultsThatTellSomethingAreFoundAndOthersNot() {
        insert(up(1, 10), up(1, 20), unknown(1, 30), down(2, 40, "x"));
        assertThat(table.tellingAfter(List.of(key(1, 10), key(2, 40), key(1, 5))))
                .containsOnlyKeys(key(1, 10), key(1, 5))
                .hasEntrySatisfying(key(1, 10), slots -> assertThat(slots).containsExactly(START + 20))
                .hasEntrySatisfying(key(1, 5), slots -> assertThat(slots).containsExactly(START + 20, START + 10));
    }

    @Test
    void theTextOfAFailureIsStoredWhereItChangesAndReadBackForEveryRow() {
        write(down(1, 0, "refused"), down(1, 1, "refused"));
        write(down(1, 2, "refused"), up(1, 3), down(1, 4, "refused"), down(1, 5, "reset"), down(1, 6, null));

        assertThat(table.page(1, 0, 10))
                .extracting(CheckResult::detail)
                .containsExactly(null, "reset", "refused", null, "refused", "refused", "refused");
        assertThat(jdbc.sql("SELECT slot FROM failure_detail ORDER BY slot")
                        .query(Long.class)
                        .list())
                .containsExactly(START, START + 5, START + 6);
    }

    @Test
    void aLateTextDoesNotRewriteTheOnesAfterIt() {
        write(down(1, 10, "new"));
        write(down(1, 5, "old"));
        assertThat(table.page(1, 0, 10)).extracting(CheckResult::detail).containsExactly("new", null);
    }

    @Test
    void textsPastRetentionGoInBatches() {
        write(down(1, 0, "a"), down(1, 1, "b"), down(1, 2, "c"), down(1, 3, "d"));
        assertThat(details.deleteBefore(START + 3, 2)).isEqualTo(2);
        assertThat(details.deleteBefore(START + 3, 2)).isEqualTo(1);
        assertThat(details.deleteBefore(START + 3, 2)).isZero();
    }

    @Test
    void whatAHostileTargetSaysIsStoredAllTheSame() {
        String hostile = "a\u0000b" + "\uD83D\uDE00".repeat(600);
        write(down(1, 0, hostile));
        String stored = table.page(1, 0, 1).getFirst().detail();
        assertThat(stored).startsWith("a\uFFFDb").hasSizeLessThanOrEqualTo(CheckResult.MAX_DETAIL);
    }

    private void write(CheckResult... results) {
        insert(results);
        details.remember(List.of(results));
    }

    private Set<JobKey> insert(CheckResult... results) {
        return table.insert(List.of(results), 1);
    }

    private static JobKey key(long service, long offset) {
        return new JobKey(service, START + offset, 1);
    }

    private static CheckResult up(long service, long offset) {
        return result(service, offset, Outcome.UP, Reason.OK, null);
    }

    private static CheckResult down(long service, long offset, String detail) {
        return result(service, offset, Outcome.DOWN, Reason.CONNECT_REFUSED, detail);
    }

    private static CheckResult unknown(long service, long offset) {
        return CheckResult.unknown(new Job(service, START + offset, 1, 1, JobKind.GRID), Reason.WORKER_FAULT, 0, null);
    }

    private static CheckResult result(long service, long offset, Outcome outcome, Reason reason, String detail) {
        Job job = new Job(service, START + offset, 1, 1, JobKind.GRID);
        return new CheckResult(job, outcome, reason, 0, 1_000, PhaseTimes.EMPTY, 0, false, detail);
    }
}
