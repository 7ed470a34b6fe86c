package io.healthchecker.api.system;

import io.healthchecker.api.system.SystemHistoryView.HourView;
import io.healthchecker.api.system.SystemView.Checks;
import io.healthchecker.api.system.SystemView.QueueView;
import io.healthchecker.api.system.SystemView.Schedulers;
import io.healthchecker.api.system.SystemView.WorkerView;
import io.healthchecker.core.time.Ticker;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The last hour of each figure, as this api-server saw it: about 100 kB, however long it runs. A replica that has just begun
 * knows only since then, and two replicas may differ by a look. For any thread.
 */
final class History {
    private final Map<Measure, LastHour> hours = new EnumMap<>(Measure.class);
    private final Ticker ticker;

    History(Ticker ticker) {
        this.ticker = ticker;
        for (Measure measure : Measure.values()) {
            hours.put(measure, new LastHour());
        }
    }

    void add(Measure measure, double value) {
        hour(measure).add(ticker.epochMillis(), value);
    }

    void schedulers(Schedulers schedulers) {
        add(Measure.SCHEDULERS, schedulers.shardsLeased());
    }

    void workers(List<WorkerView> workers) {
        add(Measure.WORKERS, (double) WorkerView.alive(workers));
        add(Measure.BACKLOG, WorkerView.longestBacklog(workers));
    }

    void queues(List<QueueView> queues) {
        add(Measure.QUEUE, QueueView.oldestSeconds(queues));
    }

    void checks(Checks checks) {
        add(Measure.RATE, checks.perSecond());
        add(Measure.MISSED, (double) checks.allMissed());
        add(Measure.UNKNOWN, (double) checks.unknownByUs());
        Integer lateness = checks.latenessP99Millis();
        if (lateness != null) {
            add(Measure.LATENESS, lateness);
        }
    }

    SystemHistoryView view() {
        long now = ticker.epochMillis();
        Map<String, HourView> figures = new TreeMap<>();
        long from = hour(Measure.RATE).upTo(now).from();
        for (Measure measure : Measure.values()) {
            LastHour.Steps steps = hour(measure).upTo(now);
            figures.put(measure.word(), new HourView(steps.least(), steps.most()));
        }
        return new SystemHistoryView(Instant.ofEpochMilli(from), LastHour.STEP_MILLIS / 1_000, figures);
    }

    private LastHour hour(Measure measure) {
        return Objects.requireNonNull(hours.get(measure));
    }
}
