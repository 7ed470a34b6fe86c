package io.healthchecker.api.system;

import io.healthchecker.api.system.SystemView.Checks;
import io.healthchecker.api.system.SystemView.ClusterView;
import io.healthchecker.api.system.SystemView.QueueView;
import io.healthchecker.api.system.SystemView.Schedulers;
import io.healthchecker.api.system.SystemView.WorkerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One sentence that says whether the product does its work.
 *
 * @param good whether nothing needs a look
 * @param troubles what the sentence is about: words of {@link Measure}, {@code cutOff}, {@code clusters} or {@code sight}
 */
record Verdict(boolean good, String sentence, List<String> troubles) {
    static Verdict of(
            Figure<Schedulers> schedulers,
            Figure<List<WorkerView>> workers,
            Figure<List<QueueView>> queues,
            Figure<Checks> checks,
            Figure<List<ClusterView>> clusters,
            Figure<Double> databaseMillis,
            Figure<Double> redisMillis) {
        Instant unknown = firstOf(
                schedulers.unknownSince(),
                workers.unknownSince(),
                queues.unknownSince(),
                checks.unknownSince(),
                clusters.unknownSince());
        if (unknown != null
                || schedulers.value() == null
                || workers.value() == null
                || queues.value() == null
                || checks.value() == null
                || clusters.value() == null) {
            return new Verdict(
                    false, "Unknown since %s: not everything can be seen.".formatted(unknown), List.of("sight"));
        }
        var troubles = new Troubles();
        troubles.add(
                Measure.SCHEDULERS,
                schedulers.value().shardsLeased(),
                "%d of 256 shards are not scheduled"
                        .formatted(schedulers.value().shardsUnleased()));
        addWorkers(workers.value(), troubles);
        double oldest = QueueView.oldestSeconds(queues.value());
        troubles.add(Measure.QUEUE, oldest, "jobs have waited for %.0f s".formatted(oldest));
        addChecks(checks.value(), troubles);
        clusters.value().stream()
                .filter(ClusterView::sweepRefused)
                .forEach(cluster -> troubles.add(
                        "clusters",
                        "%d services of cluster %s are not removed with their resources"
                                .formatted(cluster.keptServices(), cluster.id())));
        addAnswer(Measure.DATABASE, "PostgreSQL", databaseMillis, troubles);
        addAnswer(Measure.REDIS, "Redis", redisMillis, troubles);
        return troubles.words.isEmpty()
                ? new Verdict(true, "On time: " + pace(checks.value()) + ".", List.of())
                : new Verdict(
                        false,
                        "In trouble: " + String.join("; ", troubles.sentences) + ".",
                        List.copyOf(troubles.words));
    }

    /** What was found, in the order in which it is told. */
    private static final class Troubles {
        final Set<String> words = new LinkedHashSet<>();
        final List<String> sentences = new ArrayList<>();

        void add(Measure measure, double value, String sentence) {
            if (measure.isPassed(value)) {
                add(measure.word(), sentence);
            }
        }

        void add(String word, String sentence) {
            words.add(word);
            sentences.add(sentence);
        }
    }

    private static void addWorkers(List<WorkerView> workers, Troubles troubles) {
        troubles.add(Measure.WORKERS, (double) WorkerView.alive(workers), "no worker is alive");
        workers.stream()
                .filter(worker -> worker.alive() && worker.cutOffAt() != null)
                .forEach(worker -> troubles.add(
                        "cutOff",
                        "worker %s reaches none of its witnesses since %s"
                                .formatted(worker.name(), worker.cutOffAt())));
        int backlog = WorkerView.longestBacklog(workers);
        troubles.add(Measure.BACKLOG, backlog, "%d results wait to be written by one worker".formatted(backlog));
    }

    private static void addChecks(Checks checks, Troubles troubles) {
        Integer p99 = checks.latenessP99Millis();
        if (p99 != null) {
            troubles.add(Measure.LATENESS, p99, "checks are late, p99 %d ms".formatted(p99));
        }
        troubles.add(
                Measure.MISSED,
                (double) checks.allMissed(),
                "%d checks a minute are missed".formatted(checks.allMissed()));
        troubles.add(
                Measure.UNKNOWN,
                (double) checks.unknownByUs(),
                "%d results a minute are Unknown, through no fault of a service".formatted(checks.unknownByUs()));
    }

    private static void addAnswer(Measure measure, String who, Figure<Double> figure, Troubles troubles) {
        Double millis = figure.value();
        if (millis != null) {
            troubles.add(measure, millis, "%s takes %.0f ms to answer".formatted(who, millis));
        }
    }

    private static String pace(Checks checks) {
        return checks.latenessP50Millis() == null
                ? "no checks are due"
                : "lateness p50 %d ms, p99 %d ms; %.1f checks/s; none missed"
                        .formatted(checks.latenessP50Millis(), checks.latenessP99Millis(), checks.perSecond());
    }

    private static @Nullable Instant firstOf(@Nullable Instant... instants) {
        Instant first = null;
        for (Instant instant : instants) {
            if (instant != null && (first == null || instant.isBefore(first))) {
                first = instant;
            }
        }
        return first;
    }
}
