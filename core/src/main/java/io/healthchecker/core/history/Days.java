package io.healthchecker.core.history;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;

/** Calendar days of a time zone. Where clocks change a day has 23 or 25 hours, or what its zone says. */
public final class Days {
    private Days() {}

    /** So many days, oldest first; the last of them is today, up to now. */
    public static List<Window> upTo(Instant now, ZoneId zone, int count) {
        LocalDate today = now.atZone(zone).toLocalDate();
        return IntStream.range(0, count)
                .mapToObj(n -> today.minusDays(count - 1L - n))
                .map(day -> new Window(begin(day, zone), Math.min(begin(day.plusDays(1), zone), now.toEpochMilli())))
                .toList();
    }

    private static long begin(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
