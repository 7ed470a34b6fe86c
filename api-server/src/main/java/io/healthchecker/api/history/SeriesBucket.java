package io.healthchecker.api.history;

import io.healthchecker.core.history.HourSum;
import io.healthchecker.core.history.LatencyHistogram;
import io.healthchecker.core.history.PhaseMeans;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;

/** What the results of one bucket come to; times in microseconds, null where no check passed. */
record SeriesBucket(
        int count,
        int down,
        int unknown,
        @Nullable Integer p50,
        @Nullable Integer p95,
        @Nullable Integer p99,
        @Nullable Integer min,
        @Nullable Integer max,
        PhaseMeans phases) {
    static final SeriesBucket EMPTY = new SeriesBucket(0, 0, 0, null, null, null, null, null, PhaseMeans.NONE);

    /** Sums of hours, merged: at least one. */
    static SeriesBucket of(List<HourSum> hours) {
        var latency = new LatencyHistogram();
        hours.forEach(hour -> latency.add(hour.latency()));
        return new SeriesBucket(
                hours.stream().mapToInt(HourSum::checks).sum(),
                hours.stream().mapToInt(HourSum::failed).sum(),
                hours.stream().mapToInt(HourSum::untold).sum(),
                latency.quantile(0.5),
                latency.quantile(0.95),
                latency.quantile(0.99),
                extreme(hours, HourSum::minMicros, Integer::min),
                extreme(hours, HourSum::maxMicros, Integer::max),
                new PhaseMeans(
                        mean(hours, PhaseMeans::dnsMicros),
                        mean(hours, PhaseMeans::connectMicros),
                        mean(hours, PhaseMeans::tlsMicros),
                        mean(hours, PhaseMeans::firstByteMicros),
                        mean(hours, PhaseMeans::transferMicros)));
    }

    private static @Nullable Integer extreme(
            List<HourSum> hours, Function<HourSum, @Nullable Integer> value, IntBinaryOperator further) {
        Integer extreme = null;
        for (HourSum hour : hours) {
            Integer next = value.apply(hour);
            if (next != null) {
                extreme = extreme == null ? next : Integer.valueOf(further.applyAsInt(extreme, next));
            }
        }
        return extreme;
    }

    private static @Nullable Integer mean(List<HourSum> hours, Function<PhaseMeans, @Nullable Integer> phase) {
        long sum = 0;
        long weight = 0;
        for (HourSum hour : hours) {
            Integer mean = phase.apply(hour.phases());
            if (mean != null) {
                sum += (long) mean * hour.latency().total();
                weight += hour.latency().total();
            }
        }
        return weight == 0 ? null : Math.toIntExact(sum / weight);
    }
}
