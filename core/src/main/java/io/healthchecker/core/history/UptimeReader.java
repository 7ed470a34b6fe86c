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
    private static final int FEW_HOURS = 2; // of which results are read as fast as sums
    private static final long TWO_LONGEST_PERIODS_MILLIS = 2 * 86_400_000L;

    private final ServiceChangeTable changes;
    private final CheckResultTable results;
    private final GapTable gaps;
    private final HourSumTable hours;

    public UptimeReader(JdbcClient jdbc) {
        this.hours = new HourSumTable(jdbc);
        this.changes = new ServiceChangeTable(jdbc);
        this.results = new CheckResultTable(jdbc);
        this.gaps = new GapTable(jdbc);
    }

    /** The life of a service that exists or existed. */
    public Eras eras(long serviceId) {
        List<ServiceChange> all = changes.of(serviceId);
        return Eras.of(all);
    }

    /**
     * Uptime at one location within a window that begins after the service was created: from the sums of whole hours
     * where they are settled, from results where not.
     */
    public Uptime uptime(long serviceId, int locationId, Eras eras, Window window) {
        int first = HourSum.hourOf(window.fromMillis() + HourSum.HOUR_MILLIS - 1);
        int last = HourSum.hourOf(window.toMillis());
        var settled = hours.settled().orElse(new HourSumTable.Settled(0, 0));
        int from = Math.max(first, settled.fromHour());
        int to = Math.min(last, settled.toHour());
        if (to - from < FEW_HOURS) {
            return ofResults(serviceId, locationId, eras, window);
        }
        Window summed = new Window(from * HourSum.HOUR_MILLIS, to * HourSum.HOUR_MILLIS);
        return ofResults(serviceId, locationId, eras, new Window(window.fromMillis(), summed.fromMillis()))
                .plus(ofSums(serviceId, locationId, eras, from, to))
                .plus(ofResults(serviceId, locationId, eras, new Window(summed.toMillis(), window.toMillis())));
    }

    // an hour without a sum had no result: it is unknown, unless nothing was to be checked
    private Uptime ofSums(long serviceId, int locationId, Eras eras, int from, int to) {
        Uptime sum = Uptime.NONE;
        int missing = from;
        for (HourSum hour : hours.read(serviceId, locationId, from, to)) {
            sum = sum.plus(unknown(eras, missing, hour.hour())).plus(hour.uptime());
            missing = hour.hour() + 1;
        }
        return sum.plus(unknown(eras, missing, to));
    }

    private static Uptime unknown(Eras eras, int from, int to) {
        if (from >= to) {
            return Uptime.NONE;
        }
        Window window = new Window(from * HourSum.HOUR_MILLIS, to * HourSum.HOUR_MILLIS);
        long suspended = eras.inactiveMillis(window);
        return new Uptime(0, 0, window.millis() - suspended, suspended);
    }

    private Uptime ofResults(long serviceId, int locationId, Eras eras, Window window) {
        if (window.millis() == 0) {
            return Uptime.NONE;
        }
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
