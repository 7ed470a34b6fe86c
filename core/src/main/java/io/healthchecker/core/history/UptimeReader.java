package io.healthchecker.core.history;

import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.check.GapTable;
import io.healthchecker.core.check.SlotOutcome;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.service.ServiceChange;
import io.healthchecker.core.service.ServiceChangeTable;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds up uptime from what is stored, so many results at a time: memory does not grow with the window. */
public final class UptimeReader {
    private static final int BATCH = 20_000;
    private static final long TWO_LONGEST_PERIODS_MILLIS = 2 * 86_400_000L;

    private final ServiceChangeTable changes;
    private final CheckResultTable results;
    private final GapTable gaps;

    public UptimeReader(JdbcClient jdbc) {
        this.changes = new ServiceChangeTable(jdbc);
        this.results = new CheckResultTable(jdbc);
        this.gaps = new GapTable(jdbc);
    }

    /** The life of a service that exists or existed. */
    public Eras eras(long serviceId) {
        List<ServiceChange> all = changes.of(serviceId);
        return Eras.of(all);
    }

    /** Uptime at one location within a window that begins after the service was created. */
    public Uptime uptime(long serviceId, int locationId, Eras eras, Window window) {
        // a result before the window may speak into it
        long longest = eras.longestPeriodMillis(
                new Window(window.fromMillis() - TWO_LONGEST_PERIODS_MILLIS, window.toMillis()));
        long begin = window.fromMillis() - 2 * longest;
        List<MissingSlots> missing = gaps.touching(serviceId, locationId, begin, window.toMillis()).stream()
                .map(gap -> new MissingSlots(gap.fromSlot(), gap.toSlot()))
                .toList();
        Tally tally = new Tally(window, eras, missing);
        long after = begin - 1;
        List<SlotOutcome> batch;
        do {
            batch = results.outcomes(serviceId, locationId, after, window.toMillis(), BATCH);
            for (SlotOutcome seen : batch) {
                tally.add(seen.slot(), seen.outcome(), seen.kind() == JobKind.GRID);
                after = seen.slot();
            }
        } while (batch.size() == BATCH);
        return tally.uptime();
    }
}
