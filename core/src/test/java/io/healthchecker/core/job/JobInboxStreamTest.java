package io.healthchecker.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.schedule.Shard;
import io.healthchecker.testing.TestRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.XTrimArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobInboxStreamTest {
    private final RedisClient client = RedisClient.create(TestRedis.freshDatabase());
    private final RedisCommands<byte[], byte[]> redis =
            client.connect(ByteArrayCodec.INSTANCE).sync();
    private final JobInboxStream inbox = new JobInboxStream(client, () -> "one");
    private final JobInboxStream other = new JobInboxStream(client, () -> "other");

    @AfterEach
    void disconnect() {
        client.shutdown();
    }

    @Test
    void anEmptyRedisGivesNothing() {
        assertThat(inbox.read(100)).isEmpty();
        assertThat(inbox.mine()).isEmpty();
        assertThat(inbox.busyConsumers(0)).isEmpty();
    }

    @Test
    void urgentJobsComeFirstAndNoMoreThanAskedFor() {
        List<Job> standard = jobs(0, 64);
        List<Job> urgent = jobs(100, 116);
        standard.forEach(this::addStandard);
        urgent.forEach(this::addUrgent);

        assertThat(inbox.read(3)).hasSize(3).allMatch(delivery -> urgent.contains(delivery.job()));
        while (true) {
            List<Delivery> more = inbox.read(8);
            assertThat(more.size()).isLessThanOrEqualTo(8);
            if (more.isEmpty()) {
                break;
            }
        }
        assertThat(inbox.mine()).extracting(Delivery::job).containsExactlyInAnyOrderElementsOf(both(standard, urgent));
    }

    @Test
    void whatIsAcknowledgedIsNoLongerPending() {
        jobs(0, 40).forEach(this::addStandard);
        List<Delivery> taken = inbox.read(1_000);
        assertThat(taken).hasSize(40);
        inbox.acknowledge(taken).toCompletableFuture().join();
        assertThat(inbox.mine()).isEmpty();
        assertThat(inbox.busyConsumers(600_000)).isEmpty();
    }

    @Test
    void aFlushedRedisIsReadOn() {
        addStandard(job(1));
        inbox.read(10);
        redis.flushdb();
        addStandard(job(2));
        addUrgent(job(3));
        assertThat(inbox.read(100)).extracting(Delivery::job).containsExactlyInAnyOrder(job(2), job(3));
    }

    @Test
    void theDeadAreRobbedOnceAndTheCountGoesUp() {
        jobs(0, 300).forEach(this::addStandard);
        assertThat(inbox.read(10_000)).hasSize(300);
        JobInboxStream third = new JobInboxStream(client, () -> "third");

        assertThat(other.busyConsumers(600_000)).containsExactly("one");
        List<Delivery> robbed = other.takeOver("one", 0, 120);
        assertThat(robbed).hasSize(120).allMatch(delivery -> delivery.deliveries() == 2);
        assertThat(third.takeOver("one", 0, 1_000)).hasSize(180);
        assertThat(third.takeOver("one", 0, 1_000)).isEmpty();
        assertThat(third.takeOver("other", 60_000, 1_000)).isEmpty();
        assertThat(inbox.takeOverIdle(60_000, 1_000)).isEmpty();
        assertThat(inbox.takeOverIdle(0, 1_000)).hasSize(300);
    }

    @Test
    void lookingAtWhatIsOursDoesNotCountAsADelivery() {
        addStandard(job(1));
        inbox.read(10);
        inbox.mine();
        assertThat(inbox.mine()).extracting(Delivery::deliveries).containsExactly(1L);
    }

    @Test
    void anEntryThatWasTrimmedAwayComesBackEmptyAndCanBeAcknowledged() {
        addStandard(job(1));
        List<Delivery> taken = inbox.read(10);
        redis.xtrim(standard(job(1)), XTrimArgs.Builder.maxlen(0));

        assertThat(inbox.mine()).extracting(Delivery::job).containsExactly((Job) null);
        List<Delivery> robbed = other.takeOver("one", 0, 10);
        assertThat(robbed).extracting(Delivery::job).containsExactly((Job) null);
        other.acknowledge(robbed).toCompletableFuture().join();
        assertThat(other.mine()).isEmpty();
        assertThat(taken).hasSize(1);
    }

    @Test
    void anEntryThatIsNoJobComesEmpty() {
        redis.xadd(standard(job(1)), Map.of(JobKeys.bytes("j"), JobKeys.bytes("nonsense")));
        redis.xadd(standard(job(1)), Map.of(JobKeys.bytes("a"), JobKeys.bytes("b"), JobKeys.bytes("c"), new byte[0]));
        assertThat(inbox.read(100)).extracting(Delivery::job).containsExactly(null, null);
    }

    @Test
    void whatIsGivenBackIsTakenByAnother() {
        addStandard(job(1));
        addUrgent(job(2));
        List<Delivery> taken = inbox.read(10);
        inbox.giveBack(taken).toCompletableFuture().join();
        assertThat(inbox.mine()).isEmpty();
        assertThat(other.read(10)).extracting(Delivery::job).containsExactlyInAnyOrder(job(1), job(2));
    }

    @Test
    void consumersWithoutJobsAreRemovedOnceTheyAreGoneForLong() {
        inbox.read(1);
        other.read(1);
        long before = consumers();
        other.busyConsumers(600_000);
        assertThat(consumers()).isEqualTo(before);
        org.awaitility.Awaitility.await().until(() -> {
            other.busyConsumers(1);
            return redis.xinfoConsumers(standard(job(1)), JobKeys.bytes(JobKeys.CONSUMERS))
                            .size()
                    <= 1;
        });
    }

    private long consumers() {
        long count = 0;
        for (int group = 0; group < JobKeys.GROUPS; group++) {
            byte[] w = JobKeys.bytes(JobKeys.CONSUMERS);
            count += redis.xinfoConsumers(JobKeys.bytes(JobKeys.standard(group)), w)
                    .size();
            count += redis.xinfoConsumers(JobKeys.bytes(JobKeys.urgent(group)), w)
                    .size();
        }
        return count;
    }

    private void addStandard(Job job) {
        redis.xadd(standard(job), Map.of(JobKeys.bytes(JobKeys.FIELD), job.encode()));
    }

    private void addUrgent(Job job) {
        redis.xadd(JobKeys.bytes(JobKeys.urgent(group(job))), Map.of(JobKeys.bytes(JobKeys.FIELD), job.encode()));
    }

    private static byte[] standard(Job job) {
        return JobKeys.bytes(JobKeys.standard(group(job)));
    }

    private static int group(Job job) {
        return JobKeys.group(Shard.of(job.serviceId()));
    }

    private static List<Job> jobs(long from, long to) {
        return LongStream.range(from, to).mapToObj(JobInboxStreamTest::job).toList();
    }

    private static Job job(long service) {
        return new Job(service, 1_000, 1, 1, JobKind.GRID);
    }

    private static List<Job> both(List<Job> some, List<Job> others) {
        return java.util.stream.Stream.concat(some.stream(), others.stream()).toList();
    }
}
