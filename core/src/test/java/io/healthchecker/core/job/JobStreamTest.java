package io.healthchecker.core.job;

import static io.healthchecker.core.job.BatchVerdict.Kind.AHEAD;
import static io.healthchecker.core.job.BatchVerdict.Kind.DEPOSED;
import static io.healthchecker.core.job.BatchVerdict.Kind.FORGOTTEN;
import static io.healthchecker.core.job.BatchVerdict.Kind.TAKEN;
import static io.healthchecker.core.job.BatchVerdict.Kind.UNANSWERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.job.Backlog.Waiting;
import io.healthchecker.testing.TestRedis;
import io.lettuce.core.Consumer;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class JobStreamTest {
    private static final byte[] URGENT = JobKeys.bytes(JobKeys.urgent(3));
    private static final byte[] STANDARD = JobKeys.bytes(JobKeys.standard(3));
    private static final byte[] CONSUMERS = JobKeys.bytes(JobKeys.CONSUMERS);

    private RedisClient client;
    private RedisCommands<byte[], byte[]> redis;
    private JobStream stream;

    @BeforeEach
    void connect() {
        client = RedisClient.create(TestRedis.freshDatabase());
        redis = client.connect(ByteArrayCodec.INSTANCE).sync();
        stream = new JobStream(client);
    }

    @AfterEach
    void disconnect() {
        client.shutdown();
    }

    @Test
    void jobsAndTheWatermarkArriveTogether() {
        Job urgent = new Job(1, 1_500, 1, 7, JobKind.GRID);
        Job standard = new Job(Long.MAX_VALUE, 1_700, 1, 8, JobKind.GRID);

        assertThat(append(new JobBatch(3, 5, takeOver(1_000, 2_000), List.of(urgent), List.of(standard))))
                .extracting(BatchVerdict::kind)
                .containsExactly(TAKEN);

        assertThat(jobs(URGENT)).containsExactly(urgent);
        assertThat(jobs(STANDARD)).containsExactly(standard);
        assertThat(stream.marks()).isEqualTo(Map.of(3, new Mark(5, 2_000)));
    }

    @Test
    void aZombieIsRefusedAndTheOthersOfItsCallAreNot() {
        append(batch(3, 5, takeOver(1_000, 2_000)), batch(11, 5, takeOver(1_000, 2_000)));
        append(batch(11, 6, takeOver(2_000, 3_000)));

        assertThat(append(batch(3, 5, step(2_000, 3_000)), batch(11, 5, step(2_000, 3_000))))
                .extracting(BatchVerdict::kind)
                .containsExactly(TAKEN, DEPOSED);

        assertThat(jobs(STANDARD)).hasSize(4);
        assertThat(stream.marks()).isEqualTo(Map.of(3, new Mark(5, 3_000), 11, new Mark(6, 3_000)));
    }

    @Test
    void aZombieMayNotTakeOverAgain() {
        append(batch(3, 6, takeOver(1_000, 2_000)));
        assertThat(append(batch(3, 5, takeOver(2_000, 3_000)))).containsExactly(new BatchVerdict(DEPOSED, 2_000));
    }

    @Test
    void anEmptiedRedisIsNoticed() {
        append(batch(3, 5, takeOver(1_000, 2_000)));
        redis.flushdb();

        assertThat(append(batch(3, 5, step(2_000, 3_000))))
                .containsExactly(new BatchVerdict(FORGOTTEN, BatchVerdict.NO_MARK));
        assertThat(redis.exists(STANDARD)).isZero();
    }

    @Test
    void aRedisThatLostItsLastWritesIsNoticed() {
        append(batch(3, 5, takeOver(1_000, 2_000)));

        assertThat(append(batch(3, 5, step(2_500, 3_000)))).containsExactly(new BatchVerdict(FORGOTTEN, 2_000));
    }

    @Test
    void aCallWhoseAnswerWasLostIsNotCarriedOutTwice() {
        append(batch(3, 5, takeOver(1_000, 2_000)));
        assertThat(append(batch(3, 5, takeOver(1_000, 2_000)))).containsExactly(new BatchVerdict(AHEAD, 2_000));
        append(batch(3, 5, step(2_000, 3_000)));
        assertThat(append(batch(3, 5, step(2_000, 3_000)))).containsExactly(new BatchVerdict(AHEAD, 3_000));

        assertThat(jobs(STANDARD)).hasSize(2);
    }

    @Test
    void theWatermarkStaysUntilTheLastBatchOfAShard() {
        append(batch(3, 5, takeOver(1_000, 1_000)));
        append(batch(3, 5, step(1_000, 1_000)));
        assertThat(stream.marks()).isEqualTo(Map.of(3, new Mark(5, 1_000)));

        append(batch(3, 5, step(1_000, 2_000)));
        assertThat(stream.marks()).isEqualTo(Map.of(3, new Mark(5, 2_000)));
    }

    @Test
    void aScriptThatRedisDoesNotKnowIsSentAgain() {
        append(batch(3, 5, takeOver(1_000, 2_000)));
        redis.scriptFlush();
        assertThat(append(batch(3, 5, step(2_000, 3_000))))
                .extracting(BatchVerdict::kind)
                .containsExactly(TAKEN);
    }

    @Test
    void aRedisThatIsAwayLeavesTheCallUnanswered() {
        try (TestRedis own = TestRedis.start()) {
            RedisClient other = RedisClient.create(own.uri());
            JobStream lonely = new JobStream(other);
            own.stop();
            List<JobBatch> batches = List.of(batch(3, 5, takeOver(1_000, 2_000)), batch(11, 5, takeOver(1, 2)));
            assertThat(lonely.append(3, batches).join())
                    .extracting(BatchVerdict::kind)
                    .containsExactly(UNANSWERED, UNANSWERED);
            other.shutdown();
        }
    }

    @Test
    void tendingMakesTheConsumerGroupAgain() {
        assertThat(tend()).isEqualTo(new Backlog(new Waiting(0, 0, 0), new Waiting(0, 0, 0)));
        redis.flushdb();
        append(batch(3, 5, takeOver(1_000, 2_000)));
        tend();

        assertThat(read(10)).hasSize(1);
    }

    @Test
    void theOldestJobThatNobodyTookHasAnAge() {
        tend();
        redis.xadd(STANDARD, new io.lettuce.core.XAddArgs().id("1000-0"), entry());
        redis.xadd(STANDARD, new io.lettuce.core.XAddArgs().id("2000-0"), entry());
        long now = Long.parseLong(new String(redis.time().getFirst())) * 1_000;
        assertThat(tend().standard().oldestMillis()).isBetween(now - 1_000, now + 60_000);

        read(1);
        assertThat(tend().standard().oldestMillis()).isBetween(now - 2_000, now + 59_000);
        read(1);
        assertThat(tend().standard()).isEqualTo(new Waiting(0, 2, 2));
    }

    @RepeatedTest(5)
    void trimmingNeverDropsWhatWasNotDeliveredOrNotAcknowledged() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        tend();
        List<String> owed = new ArrayList<>(); // ids appended and not acknowledged
        List<String> pending = new ArrayList<>();
        for (int round = 0; round < 60; round++) {
            for (int i = random.nextInt(120); i > 0; i--) {
                owed.add(redis.xadd(STANDARD, entry()));
            }
            for (StreamMessage<byte[], byte[]> message : read(1 + random.nextInt(120))) {
                pending.add(message.getId());
            }
            while (!pending.isEmpty() && random.nextInt(60) > 0) {
                String id = pending.remove(random.nextInt(Math.min(pending.size(), 20)));
                redis.xack(STANDARD, CONSUMERS, id);
                owed.remove(id);
            }
            tend();
            List<String> there = redis.xrange(STANDARD, Range.unbounded()).stream()
                    .map(StreamMessage::getId)
                    .toList();
            assertThat(there).as("seed %d", seed).containsAll(owed);
        }
        for (String id : pending) {
            redis.xack(STANDARD, CONSUMERS, id);
        }
        while (!read(100).isEmpty()) {
            redis.xpending(STANDARD, CONSUMERS, Range.unbounded(), io.lettuce.core.Limit.from(1_000))
                    .forEach(message -> redis.xack(STANDARD, CONSUMERS, message.getId()));
        }
        tend();
        assertThat(redis.xlen(STANDARD))
                .as("what is done is trimmed but for one node, seed %d", seed)
                .isLessThanOrEqualTo(100);
    }

    @Test
    void aConfirmationGoesToTheUrgentStreamOfItsShard() throws Exception {
        long service = LongStream.range(1, 10_000)
                .filter(id -> io.healthchecker.core.schedule.Shard.of(id) % JobKeys.GROUPS == 3)
                .findFirst()
                .orElseThrow();
        Job job = new Job(service, 1_234, 1, 2, JobKind.CONFIRMATION);
        stream.append(job).get();
        assertThat(jobs(URGENT)).containsExactly(job);
    }

    private Backlog tend() {
        return stream.tend(3).join();
    }

    private List<BatchVerdict> append(JobBatch... batches) {
        return stream.append(3, List.of(batches)).join();
    }

    private static JobBatch batch(int shard, long epoch, JobBatch.Step step) {
        return new JobBatch(
                shard, epoch, step, List.of(), List.of(new Job(shard, step.toMillis(), 1, 1, JobKind.GRID)));
    }

    private static JobBatch.Step takeOver(long from, long to) {
        return new JobBatch.Step(from, to, true);
    }

    private static JobBatch.Step step(long from, long to) {
        return new JobBatch.Step(from, to, false);
    }

    private static Map<byte[], byte[]> entry() {
        return Map.of(JobKeys.bytes(JobKeys.FIELD), new byte[Job.BYTES]);
    }

    private List<Job> jobs(byte[] key) {
        return redis.xrange(key, Range.unbounded()).stream()
                .map(message -> Job.decode(message.getBody().values().iterator().next()))
                .toList();
    }

    @SuppressWarnings("unchecked") // generic varargs
    private List<StreamMessage<byte[], byte[]>> read(int count) {
        return redis.xreadgroup(
                Consumer.from(CONSUMERS, "test".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                XReadArgs.Builder.count(count),
                XReadArgs.StreamOffset.lastConsumed(STANDARD));
    }
}
