package io.healthchecker.api.system;

import io.healthchecker.api.system.SystemView.QueueView;
import io.healthchecker.api.system.SystemView.StreamView;
import io.healthchecker.core.job.JobKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;

/** What waits on the job streams; looks only. */
final class Queues {
    private static final int FIGURES = 3;

    private final StringRedisTemplate redis;
    private final RedisScript<List<Long>> script;

    Queues(StringRedisTemplate redis) {
        this.redis = redis;
        this.script = script();
    }

    List<QueueView> look() {
        List<QueueView> queues = new ArrayList<>(JobKeys.GROUPS);
        for (int group = 0; group < JobKeys.GROUPS; group++) {
            List<Long> figures = Objects.requireNonNull(
                    redis.execute(script, List.of(JobKeys.urgent(group), JobKeys.standard(group)), JobKeys.CONSUMERS));
            queues.add(new QueueView(group, stream(figures, 0), stream(figures, FIGURES)));
        }
        return queues;
    }

    private static StreamView stream(List<Long> figures, int at) {
        return new StreamView(figures.get(at) / 1e3, figures.get(at + 1), figures.get(at + 2));
    }

    @SuppressWarnings({"unchecked", "rawtypes"
    }) // a script's result type is a class, and that of a list has no element type
    private static RedisScript<List<Long>> script() {
        DefaultRedisScript script = new DefaultRedisScript();
        script.setLocation(new ClassPathResource("redis/look-at-streams.lua"));
        script.setResultType(List.class);
        return script;
    }
}
