package io.healthchecker.worker;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobInboxStream;
import io.healthchecker.core.job.JobKeys;
import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.job.WakeStream.Wake;
import io.healthchecker.core.schedule.Shard;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.testing.TestRedis;
import io.healthchecker.worker.compact.RetentionSettings;
import io.healthchecker.worker.compact.Upkeep;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Workers of one installation, and the streams that they read. */
final class Fleet implements AutoCloseable {
    private final Installation installation;
    private final RedisClient client;
    private final RedisCommands<byte[], byte[]> redis;
    private final Map<String, Member> members = new LinkedHashMap<>();

    /** What is made of a job. */
    interface Check {
        CompletionStage<CheckResult> of(Job job);
    }

    Fleet(Installation installation, TestRedis redis) {
        this.installation = installation;
        this.client = RedisClient.create(redis.uri());
        this.redis = client.connect(ByteArrayCodec.INSTANCE).sync();
    }

    Member start(String name, Check check) {
        return start(name, check, Duration.ofSeconds(60));
    }

    /** @param grace how long it waits for its checks once it is to end */
    Member start(String name, Check check, Duration grace) {
        Member member = new Member(name, check, grace);
        members.put(name, member);
        member.worker.start();
        return member;
    }

    Member member(String name) {
        return members.get(name);
    }

    void add(Job job) {
        int group = JobKeys.group(Shard.of(job.serviceId()));
        redis.xadd(bytes(JobKeys.standard(group)), Map.of(bytes("j"), job.encode()));
    }

    /** A worker that took a job and died. */
    void readAsIfBy(String name, Job job) {
        try (JobInboxStream inbox = new JobInboxStream(client, () -> name)) {
            inbox.read(1);
            add(job);
            if (inbox.read(100).size() != 1) {
                throw new IllegalStateException("the job was not there");
            }
        }
    }

    /** A worker that came back, took what it had left, and died again. */
    void claimAsIfBy(String name) {
        try (JobInboxStream inbox = new JobInboxStream(client, () -> name)) {
            List<Delivery> taken = inbox.takeOver(name, 0, 10);
            if (taken.size() != 1) {
                throw new IllegalStateException("the job was not there");
            }
        }
    }

    void flush() {
        redis.flushall();
    }

    void wakeForChange() {
        try (WakeStream wake = new WakeStream(client)) {
            wake.publish(Wake.CHANGE);
        }
    }

    /** Jobs that were delivered and are not acknowledged. */
    long pending() {
        return streams().mapToLong(this::pending).sum();
    }

    /** Entries on all streams. */
    long entries() {
        return streams().mapToLong(key -> redis.xlen(bytes(key))).sum();
    }

    /** Entries that were delivered, acknowledged or not. */
    long delivered() {
        return entries() - streams().mapToLong(this::undelivered).sum();
    }

    private long pending(String key) {
        return redis.exists(bytes(key)) == 0 || redis.xinfoGroups(bytes(key)).isEmpty()
                ? 0
                : redis.xpending(bytes(key), bytes(JobKeys.CONSUMERS)).getCount();
    }

    private long undelivered(String key) {
        if (redis.exists(bytes(key)) == 0 || redis.xinfoGroups(bytes(key)).isEmpty()) {
            return redis.xlen(bytes(key));
        }
        List<?> group = (List<?>) redis.xinfoGroups(bytes(key)).getFirst();
        Object last = null;
        for (int i = 0; i < group.size(); i += 2) {
            if (new String((byte[]) group.get(i), java.nio.charset.StandardCharsets.UTF_8)
                    .equals("last-delivered-id")) {
                last = group.get(i + 1);
            }
        }
        String id = new String((byte[]) last, java.nio.charset.StandardCharsets.UTF_8);
        return redis.xrange(
                        bytes(key),
                        io.lettuce.core.Range.from(
                                io.lettuce.core.Range.Boundary.excluding(id),
                                io.lettuce.core.Range.Boundary.unbounded()))
                .size();
    }

    private static java.util.stream.Stream<String> streams() {
        return IntStream.range(0, JobKeys.GROUPS)
                .boxed()
                .flatMap(group -> java.util.stream.Stream.of(JobKeys.urgent(group), JobKeys.standard(group)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        members.values().forEach(Member::stop);
        client.shutdown();
    }

    /** A worker, and what it has begun. */
    final class Member {
        private final Map<Long, Long> starts = new ConcurrentHashMap<>();
        private final java.util.concurrent.atomic.AtomicInteger count = new java.util.concurrent.atomic.AtomicInteger();
        private final RedisClient own = client;
        private final Worker worker;
        private boolean isStopped;

        private Member(String name, Check check, Duration grace) {
            WorkerSettings settings = new WorkerSettings(
                    name,
                    "default",
                    200,
                    1_000,
                    Duration.ofMillis(20),
                    grace,
                    new WorkerSettings.Commit(1, 100, Duration.ofMillis(10), 1_000));
            Ticker ticker = Ticker.system();
            Upkeep upkeep =
                    new Upkeep(installation.jdbc, installation.transactions, new RetentionSettings(7, 7, 400), ticker);
            this.worker = new Worker(
                    settings,
                    new Worker.Stores(installation.jdbc, installation.transactions, own, Optional.empty()),
                    _ -> job -> {
                        count.incrementAndGet();
                        starts.put(job.slot(), ticker.epochMillis());
                        return check.of(job);
                    },
                    upkeep,
                    new Worker.Watch(new SimpleMeterRegistry(), ticker));
        }

        int started() {
            return count.get();
        }

        long startedAt(long slot) {
            return starts.get(slot);
        }

        boolean isWell() {
            return worker.isWell();
        }

        synchronized void stop() {
            if (!isStopped) {
                isStopped = true;
                worker.stop();
            }
        }
    }
}
