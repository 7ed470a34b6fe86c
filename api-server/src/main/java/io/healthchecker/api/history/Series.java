package io.healthchecker.api.history;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.history.Eras;
import io.healthchecker.core.history.HourSum;
import io.healthchecker.core.history.HourSumTable;
import io.healthchecker.core.history.UptimeReader;
import io.healthchecker.core.history.Window;
import io.healthchecker.core.time.Ticker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Latency over time, in at most so many buckets: from results, or from the sums of hours where there are too many. */
final class Series {
    private static final long DAY_MILLIS = 86_400_000;
    private static final long LONGEST_DAYS = 366;
    private static final long MOST_RESULTS = 100_000;
    private static final long[] STEPS_SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400
    };

    private final SeriesTable results;
    private final HourSumTable hours;
    private final UptimeReader lives;
    private final Ticker ticker;

    Series(JdbcClient jdbc, Ticker ticker) {
        this.results = new SeriesTable(jdbc);
        this.hours = new HourSumTable(jdbc);
        this.lives = new UptimeReader(jdbc);
        this.ticker = ticker;
    }

    /** An open end is now, an open start a day before it. */
    SeriesView of(long serviceId, int locationId, String location, SlotRange range, int points) {
        long now = ticker.epochMillis();
        long end = Math.min(range.to(), now);
        long begin = range.from() == 0 ? end - DAY_MILLIS : range.from();
        if (begin >= end) {
            throw ProblemException.badParameter("from", "from lies in the future; nothing was measured yet");
        }
        if (end - begin > LONGEST_DAYS * DAY_MILLIS) {
            throw ProblemException.badParameter(
                    "from",
                    "from lies %d days before to; it may be %d".formatted((end - begin) / DAY_MILLIS, LONGEST_DAYS));
        }
        Eras eras = lives.eras(serviceId);
        boolean many = eras.slots(new Window(begin, end)) > MOST_RESULTS;
        long step = step(end - begin, points, many ? HourSum.HOUR_MILLIS : 1_000);
        Window window = new Window(Math.floorDiv(begin, step) * step, end);
        int count = Math.toIntExact((window.millis() + step - 1) / step);
        Map<Integer, SeriesBucket> found = many
                ? ofHours(serviceId, locationId, window, step)
                : results.buckets(serviceId, locationId, window.fromMillis(), window.toMillis(), step);
        List<SeriesBucket> buckets = IntStream.range(0, count)
                .mapToObj(i -> found.getOrDefault(i, SeriesBucket.EMPTY))
                .toList();
        return view(window, step, location, many ? "hours" : "results", buckets);
    }

    private Map<Integer, SeriesBucket> ofHours(long serviceId, int locationId, Window window, long step) {
        Map<Integer, List<HourSum>> groups = new HashMap<>();
        int first = HourSum.hourOf(window.fromMillis());
        for (HourSum hour : hours.read(serviceId, locationId, first, HourSum.hourOf(window.toMillis()) + 1)) {
            long offset = hour.hour() * HourSum.HOUR_MILLIS - window.fromMillis();
            groups.computeIfAbsent(Math.toIntExact(offset / step), _ -> new ArrayList<>())
                    .add(hour);
        }
        Map<Integer, SeriesBucket> buckets = new HashMap<>();
        groups.forEach((bucket, sums) -> buckets.put(bucket, SeriesBucket.of(sums)));
        return buckets;
    }

    /** The shortest step that gives no more than the wanted points; steps are round numbers. */
    private static long step(long millis, int points, long least) {
        for (long seconds : STEPS_SECONDS) {
            long step = seconds * 1_000;
            if (step >= least && (millis + step - 1) / step + 1 <= points) {
                return step;
            }
        }
        return (millis / Math.max(1, points - 1) / DAY_MILLIS + 1) * DAY_MILLIS;
    }

    private static SeriesView view(
            Window window, long step, String location, String resolution, List<SeriesBucket> buckets) {
        return new SeriesView(
                Instant.ofEpochMilli(window.fromMillis()),
                Instant.ofEpochMilli(window.toMillis()),
                location,
                step / 1_000,
                resolution,
                IntStream.range(0, buckets.size())
                        .mapToObj(i -> (window.fromMillis() + i * step) / 1_000)
                        .toList(),
                buckets.stream().map(SeriesBucket::count).toList(),
                buckets.stream().map(SeriesBucket::down).toList(),
                buckets.stream().map(SeriesBucket::unknown).toList(),
                millis(buckets, SeriesBucket::p50),
                millis(buckets, SeriesBucket::p95),
                millis(buckets, SeriesBucket::p99),
                millis(buckets, SeriesBucket::min),
                millis(buckets, SeriesBucket::max),
                millis(buckets, bucket -> bucket.phases().dnsMicros()),
                millis(buckets, bucket -> bucket.phases().connectMicros()),
                millis(buckets, bucket -> bucket.phases().tlsMicros()),
                millis(buckets, bucket -> bucket.phases().firstByteMicros()),
                millis(buckets, bucket -> bucket.phases().transferMicros()));
    }

    /** Milliseconds to a hundredth. */
    private static List<@Nullable Double> millis(
            List<SeriesBucket> buckets, Function<SeriesBucket, @Nullable Integer> micros) {
        List<@Nullable Double> millis = new ArrayList<>(buckets.size());
        for (SeriesBucket bucket : buckets) {
            Integer value = micros.apply(bucket);
            millis.add(value == null ? null : Math.round(value / 10.0) / 100.0);
        }
        return millis;
    }
}
