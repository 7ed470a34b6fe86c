package io.healthchecker.core.check;

import io.healthchecker.core.check.Trial.Answer;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trials on their way to a worker and back: a list for what is asked, and one for each answer, which is gone after a
 * minute. Asking and taking block a connection of its own, one call at a time.
 */
public final class TrialStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrialStream.class);
    private static final String ASKED = "hc:test";
    private static final int MOST_WAITING = 1_000;
    private static final long ANSWER_SECONDS = 60;
    private static final long LEAST_MILLIS = 10;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final StatefulRedisConnection<String, String> blocking;
    private final StatefulRedisConnection<String, String> shared;

    public TrialStream(RedisClient client) {
        this.blocking = client.connect();
        this.shared = client.connect();
    }

    /** Asks for a trial; its answer is to be had from {@link #answer}. */
    public void ask(Trial trial) {
        shared.sync().rpush(ASKED, JSON.writeValueAsString(trial));
        shared.sync().ltrim(ASKED, -MOST_WAITING, -1);
    }

    /** The answer to a trial, waited for. */
    public synchronized Optional<Answer> answer(String id, Duration within) {
        return pop(ASKED + ":" + id, within).map(json -> JSON.readValue(json, Answer.class));
    }

    /** The next trial, waited for; empty if there is none. */
    public synchronized Optional<Trial> take(Duration within) {
        return pop(ASKED, within).map(TrialStream::read);
    }

    /** Answers a trial; does not wait. */
    public void answer(String id, Answer answer) {
        String key = ASKED + ":" + id;
        shared.async().rpush(key, JSON.writeValueAsString(answer));
        shared.async().expire(key, ANSWER_SECONDS);
    }

    @Override
    public void close() {
        blocking.close();
        shared.close();
    }

    private Optional<String> pop(String key, Duration within) {
        // Redis 6.2 cuts what is below a millisecond to zero, which means for ever
        double seconds = Math.max(within.toMillis(), LEAST_MILLIS) / 1e3;
        KeyValue<String, String> popped = blocking.sync().blpop(seconds, key);
        return popped == null ? Optional.empty() : Optional.ofNullable(popped.getValueOrElse(null));
    }

    private static @Nullable Trial read(String json) {
        try {
            return JSON.readValue(json, Trial.class);
        } catch (JacksonException e) {
            LOG.warn("trial unreadable cause={}", e.getOriginalMessage());
            return null;
        }
    }
}
