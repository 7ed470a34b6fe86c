package io.healthchecker.operator.schedule;

import io.healthchecker.core.check.Gap;
import io.healthchecker.core.check.GapTable;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.springframework.dao.DataAccessException;

/**
 * Gaps on their way to the database. Bounded, in number and in age: what cannot be written is found by the audit, as
 * lost. For any thread.
 */
final class GapQueue {
    private static final int MAX_GAPS = 500_000;
    private static final int BATCH = 5_000;

    // the audit waits, too, while the database is away; but another scheduler may audit our shards by now
    private static final long MAX_AGE_NANOS = Duration.ofMinutes(10).toNanos();

    private final GapTable table;
    private final Ticker ticker;
    private final ScheduleMetrics metrics;
    private final Deque<Aged> queue = new ArrayDeque<>();
    private int size;

    private record Aged(List<Gap> gaps, long nanos) {}

    GapQueue(GapTable table, Ticker ticker, ScheduleMetrics metrics) {
        this.table = table;
        this.ticker = ticker;
        this.metrics = metrics;
    }

    void add(List<Gap> gaps) {
        if (gaps.isEmpty()) {
            return;
        }
        gaps.forEach(gap -> metrics.gap(gap.reason(), gap.slots()));
        synchronized (queue) {
            if (size + gaps.size() > MAX_GAPS) {
                metrics.droppedGaps(gaps.size());
                return;
            }
            queue.add(new Aged(gaps, ticker.nanoTime()));
            size += gaps.size();
        }
    }

    boolean isEmpty() {
        synchronized (queue) {
            return size == 0;
        }
    }

    /**
     * Writes what waits.
     *
     * @throws DataAccessException if the database does not take it; it is tried again with the next call
     */
    void write() {
        while (true) {
            List<Aged> batch = peek();
            if (batch.isEmpty()) {
                return;
            }
            List<Gap> gaps = new ArrayList<>();
            batch.forEach(aged -> gaps.addAll(aged.gaps()));
            table.insert(Plan.LOCATION, gaps);
            remove(batch);
        }
    }

    private List<Aged> peek() {
        synchronized (queue) {
            while (!queue.isEmpty() && ticker.nanoTime() - queue.getFirst().nanos() > MAX_AGE_NANOS) {
                int dropped = queue.removeFirst().gaps().size();
                size -= dropped;
                metrics.droppedGaps(dropped);
            }
            List<Aged> batch = new ArrayList<>();
            int gaps = 0;
            for (Aged aged : queue) {
                batch.add(aged);
                gaps += aged.gaps().size();
                if (gaps >= BATCH) {
                    break;
                }
            }
            return batch;
        }
    }

    // only the one who writes takes from the front
    private void remove(List<Aged> written) {
        synchronized (queue) {
            for (Aged aged : written) {
                queue.removeFirst();
                size -= aged.gaps().size();
            }
        }
    }
}
