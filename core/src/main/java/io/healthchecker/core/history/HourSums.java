package io.healthchecker.core.history;

import io.healthchecker.core.check.GapTable;
import io.healthchecker.core.check.RecordedGap;
import io.healthchecker.core.service.ServiceChange;
import io.healthchecker.core.service.ServiceChangeTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes the sums of hours from the results, some services at a time. Sums of the running hour are made again and again;
 * those of an hour that is over, a last time when no result of it is expected any more.
 */
public final class HourSums {
    private static final int MOST_SERVICES = 500;
    private static final int FIRST_SERVICES = 20;
    private static final int RESULTS = 50_000; // of those that are in memory at once
    private static final long DAY_MILLIS = 86_400_000;
    private static final int KEPT_HOURS = 400 * 24;

    /** How long after its end an hour may still get results: those of slow checks, and what a worker kept while the database was away. */
    private static final long SETTLED_MILLIS = 900_000;

    private final HourSumTable sums;
    private final ServiceChangeTable changes;
    private final GapTable gaps;

    public HourSums(JdbcClient jdbc) {
        this.sums = new HourSumTable(jdbc);
        this.changes = new ServiceChangeTable(jdbc);
        this.gaps = new GapTable(jdbc);
    }

    /**
     * Makes the sums of the oldest hour that is not final, within the transaction that is open; of the running hour up to
     * now.
     *
     * @return whether hours are left that are over
     */
    public boolean makeNext(long nowMillis) {
        if (!sums.lock()) {
            return false; // somebody else does
        }
        int running = HourSum.hourOf(nowMillis);
        int next = sums.settled()
                .map(HourSumTable.Settled::toHour)
                .or(() -> sums.oldest().map(HourSum::hourOf))
                .map(hour -> Math.max(hour, running - KEPT_HOURS))
                .orElse(running);
        make(next, nowMillis);
        boolean settled = HourSum.window(next).toMillis() + SETTLED_MILLIS <= nowMillis;
        if (settled) {
            sums.settle(new HourSumTable.Settled(next, next + 1));
            sums.deleteBefore(running - KEPT_HOURS);
        } else if (next < running) {
            make(running, nowMillis);
        }
        return settled;
    }

    private void make(int hour, long nowMillis) {
        long to = Math.min(nowMillis, HourSum.window(hour).toMillis());
        int size = FIRST_SERVICES;
        List<Long> ids = sums.services(0, size);
        while (!ids.isEmpty()) {
            int results = make(ids, hour, to);
            size = Math.clamp((long) RESULTS * ids.size() / Math.max(1, results), 1, Math.min(MOST_SERVICES, 4 * size));
            ids = sums.services(ids.getLast(), size);
        }
    }

    /** Returns how many results there were. */
    private int make(List<Long> ids, int hour, long to) {
        Window window = new Window(Math.min(to, hour * HourSum.HOUR_MILLIS), to);
        List<HourSumTable.Wanted> wanted = new ArrayList<>(ids.size());
        long earliest = window.fromMillis();
        for (Map.Entry<Long, List<ServiceChange>> service : changes.of(ids).entrySet()) {
            Eras eras = Eras.of(service.getValue());
            if (eras.birthMillis() < to) {
                long longest = eras.longestPeriodMillis(new Window(window.fromMillis() - 2 * DAY_MILLIS, to));
                long begin = window.fromMillis() - 2 * longest;
                wanted.add(new HourSumTable.Wanted(service.getKey(), eras, begin));
                earliest = Math.min(earliest, begin);
            }
        }
        Map<Long, Map<Integer, List<MissingSlots>>> missing = new HashMap<>();
        for (RecordedGap gap : gaps.touching(ids, earliest, to)) {
            missing.computeIfAbsent(gap.gap().serviceId(), _ -> new HashMap<>())
                    .computeIfAbsent(gap.locationId(), _ -> new ArrayList<>())
                    .add(new MissingSlots(gap.gap().fromSlot(), gap.gap().toSlot()));
        }
        List<HourSum> made = sums.add(wanted, hour, to, one -> missing.getOrDefault(one.serviceId(), Map.of()));
        if (!made.isEmpty()) {
            sums.write(made);
        }
        return made.stream().mapToInt(HourSum::checks).sum();
    }
}
