package io.healthchecker.operator.schedule;

import io.healthchecker.core.job.Backlog;
import io.healthchecker.core.job.BatchVerdict;
import io.healthchecker.core.job.JobBatch;
import io.healthchecker.core.job.JobKeys;
import io.healthchecker.core.job.JobStream;
import io.healthchecker.core.job.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams as the scheduler sees them: where it appends, and how far the workers are behind. For any thread. */
final class Queues {
    private static final Logger LOG = LoggerFactory.getLogger(Queues.class);

    private final JobStream stream;
    private final ScheduleMetrics metrics;
    private final long shedAfterMillis;
    private final AtomicReferenceArray<Shed> sheds;

    Queues(JobStream stream, ScheduleMetrics metrics, Duration shedAfter) {
        this.stream = stream;
        this.metrics = metrics;
        this.shedAfterMillis = shedAfter.toMillis();
        Shed[] nothing = new Shed[JobKeys.GROUPS];
        Arrays.fill(nothing, Shed.NOTHING);
        this.sheds = new AtomicReferenceArray<>(nothing);
    }

    boolean ready() {
        return stream.ready();
    }

    /** What is left out of a stream group at the moment. */
    Shed shed(int group) {
        return sheds.get(group);
    }

    CompletableFuture<List<BatchVerdict>> append(int group, List<JobBatch> batches) {
        return stream.append(group, batches);
    }

    /** What Redis has of each shard; null if it does not answer. */
    @Nullable
    Map<Integer, Mark> marks() {
        return stream.ready() ? stream.marks() : null;
    }

    /** Trims the streams of some groups, and decides anew what is left out there. */
    void tend(Iterable<Integer> groups) {
        if (!stream.ready()) {
            return;
        }
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (int group : groups) {
            answers.add(stream.tend(group).thenAccept(backlog -> judge(group, backlog)));
        }
        for (CompletableFuture<Void> answer : answers) {
            try {
                answer.join();
            } catch (CompletionException e) {
                metrics.unanswered();
            }
        }
    }

    void close() {
        stream.close();
    }

    private void judge(int group, Backlog backlog) {
        metrics.backlog(group, backlog);
        Shed next = Shed.of(backlog, shedAfterMillis);
        Shed before = sheds.getAndSet(group, next);
        if (!before.equals(next)) {
            LOG.warn(
                    "shedding changed group={} urgent={} below={} waits_urgent={} waits_standard={}",
                    group,
                    next.urgent(),
                    next.belowMillis(),
                    backlog.urgent().oldestMillis(),
                    backlog.standard().oldestMillis());
        }
    }
}
