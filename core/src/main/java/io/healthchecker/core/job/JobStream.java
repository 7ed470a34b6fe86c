package io.healthchecker.core.job;

import static io.healthchecker.core.job.JobKeys.bytes;

import io.healthchecker.core.schedule.Shard;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The producing side of the job streams. Only commands of Redis 6.2 are used. A call fails if it is not answered in 2 s;
 * whether it was carried out is then unknown.
 */
public final class JobStream implements AutoCloseable {
    private static final long TIMEOUT_MILLIS = 2_000;
    private static final int MAX_UNANSWERED = 64;

    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final RedisAsyncCommands<byte[], byte[]> redis;
    private final StreamScript append;
    private final StreamScript tend;
    private final AtomicInteger unanswered = new AtomicInteger();

    /** Opens a connection of its own. */
    public JobStream(RedisClient client) {
        this.connection = client.connect(ByteArrayCodec.INSTANCE);
        this.redis = connection.async();
        this.append = new StreamScript("append-jobs.lua", redis);
        this.tend = new StreamScript("tend-streams.lua", redis);
    }

    /** Whether Redis answers, as far as is known; if not, nothing more should be sent, or it would queue up here. */
    public boolean ready() {
        return connection.isOpen() && unanswered.get() < MAX_UNANSWERED;
    }

    /**
     * Appends batches, all of one stream group and at most {@link JobBatch#MAX_JOBS} jobs together, in one step: what is
     * refused for one shard does not hold up the others.
     *
     * @return the verdicts, in the order of the batches; never fails
     */
    public CompletableFuture<List<BatchVerdict>> append(int group, List<JobBatch> batches) {
        List<byte[]> arguments = new ArrayList<>(1 + 7 * batches.size());
        arguments.add(bytes(Integer.toString(Job.BYTES)));
        for (JobBatch batch : batches) {
            arguments.add(bytes(Integer.toString(batch.shard())));
            arguments.add(bytes(Long.toString(batch.epoch())));
            arguments.add(bytes(Long.toString(batch.step().fromMillis())));
            arguments.add(bytes(Long.toString(batch.step().toMillis())));
            arguments.add(bytes(batch.step().takesOver() ? "1" : "0"));
            arguments.add(JobBatch.encode(batch.urgent()));
            arguments.add(JobBatch.encode(batch.standard()));
        }
        byte[][] keys = {bytes(JobKeys.urgent(group)), bytes(JobKeys.standard(group)), bytes(JobKeys.mark(group))};
        return inTime(append.run(keys, arguments.toArray(byte[][]::new)))
                .thenApply(JobStream::verdicts)
                .exceptionally(failure -> Collections.nCopies(batches.size(), BatchVerdict.NO_ANSWER));
    }

    /** Appends one job to the urgent stream, whoever owns its shard: what a person asked for. */
    public CompletableFuture<Void> append(Job job) {
        return append(List.of(job));
    }

    /** Appends jobs to the urgent streams, whoever owns their shards, as one call: confirmations. */
    public CompletableFuture<Void> append(Collection<Job> jobs) {
        CompletableFuture<?>[] answers = jobs.stream().map(this::add).toArray(CompletableFuture[]::new);
        return inTime(CompletableFuture.allOf(answers));
    }

    private CompletableFuture<String> add(Job job) {
        byte[] stream = bytes(JobKeys.urgent(JobKeys.group(Shard.of(job.serviceId()))));
        return redis.xadd(stream, Map.of(bytes(JobKeys.FIELD), job.encode())).toCompletableFuture();
    }

    /** Marks of all shards that have one, by shard; null if Redis does not answer. */
    public @Nullable Map<Integer, Mark> marks() {
        List<CompletableFuture<Map<byte[], byte[]>>> answers = new ArrayList<>();
        for (int group = 0; group < JobKeys.GROUPS; group++) {
            answers.add(inTime(redis.hgetall(bytes(JobKeys.mark(group))).toCompletableFuture()));
        }
        try {
            Map<Integer, Mark> marks = new HashMap<>();
            answers.forEach(answer -> marks.putAll(Mark.read(answer.join())));
            return marks;
        } catch (CompletionException e) {
            return null;
        }
    }

    /**
     * Looks after the two streams of a group: makes the consumer group where it is missing and trims what is done.
     *
     * @return what waits; fails if Redis does not answer
     */
    public CompletableFuture<Backlog> tend(int group) {
        byte[][] keys = {bytes(JobKeys.urgent(group)), bytes(JobKeys.standard(group))};
        return inTime(tend.run(keys, bytes(JobKeys.CONSUMERS))).thenApply(Backlog::read);
    }

    @Override
    public void close() {
        connection.close();
    }

    private <T> CompletableFuture<T> inTime(CompletableFuture<T> call) {
        unanswered.incrementAndGet();
        return call.whenComplete((answer, failure) -> unanswered.decrementAndGet())
                .orTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static List<BatchVerdict> verdicts(List<Long> answer) {
        List<BatchVerdict> verdicts = new ArrayList<>(answer.size() / 2);
        for (int i = 0; i < answer.size(); i += 2) {
            verdicts.add(BatchVerdict.of(answer.get(i), answer.get(i + 1)));
        }
        return verdicts;
    }
}
