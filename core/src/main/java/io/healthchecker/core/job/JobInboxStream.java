package io.healthchecker.core.job;

import static io.healthchecker.core.job.JobKeys.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The consuming side of the job streams, for one worker: streams 0 to 7 are the urgent ones of each group, 8 to 15 the
 * others. It never blocks at Redis: a worker that looks every 100 ms costs less than one that is woken by every entry.
 * Reading is for one thread, acknowledging for any.
 */
public final class JobInboxStream implements AutoCloseable {
    private static final int STREAMS = 2 * JobKeys.GROUPS;
    private static final long TIMEOUT_MILLIS = 2_000;
    private static final int PAGE = 200;
    private static final byte[] GROUP = bytes(JobKeys.CONSUMERS);
    private static final byte[] FIELD = bytes(JobKeys.FIELD);
    private static final byte[][] KEYS = keys();

    private final Supplier<String> consumer;
    private final StatefulRedisConnection<byte[], byte[]> reading;
    private final StatefulRedisConnection<byte[], byte[]> acknowledging;
    private final StreamScript takeOver;
    private final StreamScript survey;
    private int rotation;

    /**
     * Opens two connections of its own.
     *
     * @param consumer name of the worker, which stays the same from the first read on
     */
    public JobInboxStream(RedisClient client, Supplier<String> consumer) {
        this.consumer = consumer;
        this.reading = client.connect(ByteArrayCodec.INSTANCE);
        this.acknowledging = client.connect(ByteArrayCodec.INSTANCE);
        acknowledging.setAutoFlushCommands(false);
        this.takeOver = new StreamScript("take-over.lua", reading.async());
        this.survey = new StreamScript("survey.lua", reading.async());
    }

    /**
     * Takes at most so many new jobs, the urgent ones first.
     *
     * @throws RedisException if Redis does not answer; jobs may have been delivered all the same, see {@link #mine}
     */
    public List<Delivery> read(int credits) {
        List<Delivery> deliveries = new ArrayList<>();
        rotation++;
        readSome(0, credits, deliveries);
        readSome(JobKeys.GROUPS, credits - deliveries.size(), deliveries);
        return deliveries;
    }

    /** Name of the worker. */
    public String consumer() {
        return consumer.get();
    }

    /** All that this consumer has not acknowledged, as it was delivered. */
    public List<Delivery> mine() {
        return pending(consumer(), 0, Integer.MAX_VALUE, false);
    }

    /** Makes the pending jobs of a consumer ours, at most so many, if they have not moved for a while. */
    public List<Delivery> takeOver(String from, long idleMillis, int limit) {
        return pending(from, idleMillis, limit, true);
    }

    /** Makes pending jobs ours whosever they are, at most so many, if they have not moved for long. */
    public List<Delivery> takeOverIdle(long idleMillis, int limit) {
        return pending("", idleMillis, limit, true);
    }

    /** Who has jobs pending. Consumers without any that have not been seen for a while are removed. */
    public Set<String> busyConsumers(long removeAfterMillis) {
        Set<String> names = new HashSet<>();
        for (byte[] key : KEYS) {
            List<Object> busy = run(survey, key, consumer(), Long.toString(removeAfterMillis));
            busy.forEach(name -> names.add(new String((byte[]) name, UTF_8)));
        }
        return names;
    }

    /** Acknowledges: what was delivered is done. Sent again by itself after a lost connection. */
    public CompletionStage<Void> acknowledge(Collection<Delivery> deliveries) {
        Map<Integer, List<String>> byStream = new HashMap<>();
        for (Delivery delivery : deliveries) {
            byStream.computeIfAbsent(delivery.stream(), _ -> new ArrayList<>()).add(delivery.id());
        }
        List<CompletableFuture<?>> answers = new ArrayList<>();
        byStream.forEach((stream, ids) -> answers.add(acknowledging
                .async()
                .xack(KEYS[stream], GROUP, ids.toArray(String[]::new))
                .toCompletableFuture()));
        acknowledging.flushCommands();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }

    /** Gives jobs back that were not begun: each becomes a new entry, so that any worker takes it at once. */
    public CompletionStage<Void> giveBack(Collection<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            Job job = delivery.job();
            if (job != null) {
                acknowledging.async().xadd(KEYS[delivery.stream()], Map.of(FIELD, job.encode()));
            }
        }
        return acknowledge(deliveries);
    }

    @Override
    public void close() {
        reading.close();
        acknowledging.close();
    }

    private void readSome(int first, int credits, List<Delivery> into) {
        if (credits <= 0) {
            return;
        }
        int streams = Math.min(JobKeys.GROUPS, credits);
        List<StreamOffset<byte[]>> offsets = new ArrayList<>(streams);
        for (int i = 0; i < streams; i++) {
            offsets.add(StreamOffset.lastConsumed(KEYS[first + (rotation + i) % JobKeys.GROUPS]));
        }
        for (StreamMessage<byte[], byte[]> message : read(offsets, credits / streams)) {
            into.add(new Delivery(number(message.getStream()), message.getId(), job(message.getBody()), 1));
        }
    }

    private List<StreamMessage<byte[], byte[]>> read(List<StreamOffset<byte[]>> offsets, int count) {
        try {
            return readNew(offsets, count);
        } catch (RedisCommandExecutionException e) {
            if (!String.valueOf(e.getMessage()).startsWith("NOGROUP")) {
                throw e;
            }
            createGroups(); // Redis is new or was emptied
            return readNew(offsets, count);
        }
    }

    private List<StreamMessage<byte[], byte[]>> readNew(List<StreamOffset<byte[]>> offsets, int count) {
        @SuppressWarnings("unchecked") // there is no other way to make an array of them
        StreamOffset<byte[]>[] array = offsets.toArray(StreamOffset[]::new);
        return await(reading.async()
                .xreadgroup(Consumer.from(GROUP, bytes(consumer())), XReadArgs.Builder.count(count), array)
                .toCompletableFuture());
    }

    private void createGroups() {
        for (byte[] key : KEYS) {
            try {
                await(reading.async()
                        .xgroupCreate(StreamOffset.from(key, "0"), GROUP, XGroupCreateArgs.Builder.mkstream())
                        .toCompletableFuture());
            } catch (RedisCommandExecutionException e) {
                if (!String.valueOf(e.getMessage()).startsWith("BUSYGROUP")) {
                    throw e;
                }
            }
        }
    }

    private List<Delivery> pending(String whose, long idleMillis, int limit, boolean claim) {
        List<Delivery> deliveries = new ArrayList<>();
        for (int stream = 0; stream < STREAMS; stream++) {
            String last = "";
            int page;
            do {
                page = Math.min(PAGE, limit - deliveries.size());
                if (page <= 0) {
                    return deliveries;
                }
                List<Object> answer = run(
                        takeOver,
                        KEYS[stream],
                        consumer(),
                        whose,
                        Long.toString(idleMillis),
                        last,
                        Integer.toString(page),
                        claim ? "1" : "0");
                for (int i = 0; i < answer.size(); i += 3) {
                    last = new String((byte[]) answer.get(i), UTF_8);
                    long before = (Long) answer.get(i + 1);
                    deliveries.add(
                            new Delivery(stream, last, job((byte[]) answer.get(i + 2)), claim ? before + 1 : before));
                }
                page -= answer.size() / 3;
            } while (page == 0);
        }
        return deliveries;
    }

    private static List<Object> run(StreamScript script, byte[] key, String... arguments) {
        byte[][] all = new byte[arguments.length + 1][];
        all[0] = GROUP;
        for (int i = 0; i < arguments.length; i++) {
            all[i + 1] = bytes(arguments[i]);
        }
        return await(script.runForAny(new byte[][] {key}, all));
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false); // or it would be carried out after a reconnect, with nobody to take what it brings
            throw new RedisException("no answer within %d ms".formatted(TIMEOUT_MILLIS), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RedisException cause ? cause : new RedisException(e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(false);
            throw new RedisCommandInterruptedException(e); // which interrupts this thread again
        }
    }

    private static @Nullable Job job(@Nullable Map<byte[], byte[]> body) {
        return body == null || body.size() != 1
                ? null
                : job(body.values().iterator().next());
    }

    private static @Nullable Job job(byte[] encoded) {
        try {
            return encoded.length == 0 ? null : Job.decode(encoded);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int number(byte[] key) {
        for (int i = 0; i < STREAMS; i++) {
            if (java.util.Arrays.equals(KEYS[i], key)) {
                return i;
            }
        }
        throw new IllegalStateException(new String(key, UTF_8) + " is no job stream");
    }

    private static byte[][] keys() {
        byte[][] keys = new byte[STREAMS][];
        for (int group = 0; group < JobKeys.GROUPS; group++) {
            keys[group] = bytes(JobKeys.urgent(group));
            keys[JobKeys.GROUPS + group] = bytes(JobKeys.standard(group));
        }
        return keys;
    }
}
