package io.healthchecker.api.system;

import io.healthchecker.api.system.SystemView.Checks;
import io.healthchecker.api.system.SystemView.ClusterView;
import io.healthchecker.api.system.SystemView.QueueView;
import io.healthchecker.api.system.SystemView.Schedulers;
import io.healthchecker.api.system.SystemView.WorkerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sentence that says whether the product does its work.
 *
 * @param good whether nothing needs a look
 */
record Verdict(boolean good, String sentence) {
    private static final int LATE_MILLIS = 2_000;
    private static final double OLD_SECONDS = 10;

    static Verdict of(
            Figure<Schedulers> schedulers,
            Figure<List<WorkerView>> workers,
            Figure<List<QueueView>> queues,
            Figure<Checks> checks,
            Figure<List<ClusterView>> clusters) {
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
            return new Verdict(false, "Unknown since %s: not everything can be seen.".formatted(unknown));
        }
        List<String> troubles = new ArrayList<>();
        if (schedulers.value().shardsUnleased() > 0) {
            troubles.add("%d of 256 shards are not scheduled"
                    .formatted(schedulers.value().shardsUnleased()));
        }
        if (workers.value().stream().noneMatch(WorkerView::alive)) {
            troubles.add("no worker is alive");
        }
        workers.value().stream()
                .filter(worker -> worker.alive() && worker.cutOffAt() != null)
                .forEach(worker -> troubles.add("worker %s reaches none of its witnesses since %s"
                        .formatted(worker.name(), worker.cutOffAt())));
        double oldest = queues.value().stream()
                .mapToDouble(queue -> Math.max(
                        queue.urgent().oldestSeconds(), queue.standard().oldestSeconds()))
                .max()
                .orElse(0);
        if (oldest > OLD_SECONDS) {
            troubles.add("jobs have waited for %.0f s".formatted(oldest));
        }
        addLateness(checks.value(), troubles);
        clusters.value().stream()
                .filter(ClusterView::sweepRefused)
                .forEach(cluster -> troubles.add("%d services of cluster %s are not removed with their resources"
                        .formatted(cluster.keptServices(), cluster.id())));
        return troubles.isEmpty()
                ? new Verdict(true, "On time: " + pace(checks.value()) + ".")
                : new Verdict(false, "In trouble: " + String.join("; ", troubles) + ".");
    }

    private static void addLateness(Checks checks, List<String> troubles) {
        Integer p99 = checks.latenessP99Millis();
        if (p99 != null && p99 > LATE_MILLIS) {
            troubles.add("checks are late, p99 %d ms".formatted(p99));
        }
        long missed = total(checks);
        if (missed > 0) {
            troubles.add("%d checks a minute are missed".formatted(missed));
        }
    }

    private static String pace(Checks checks) {
        return checks.latenessP50Millis() == null
                ? "no checks are due"
                : "lateness p50 %d ms, p99 %d ms; %.1f checks/s; none missed"
                        .formatted(checks.latenessP50Millis(), checks.latenessP99Millis(), checks.perSecond());
    }

    private static long total(Checks checks) {
        return checks.missed().values().stream().mapToLong(Long::longValue).sum();
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
