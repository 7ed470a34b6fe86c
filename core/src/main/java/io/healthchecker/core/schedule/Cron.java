package io.healthchecker.core.schedule;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Instants by five fields, as crontab(5) has them: minute, hour, day of month, month, day of week. A day matches if one
 * of its two fields does where both are restricted. An instant that a change of clocks leaves out comes right after it.
 */
public final class Cron {
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int YEARS = 9; // 29 February comes at least that often

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean eitherDay;

    private Cron(String[] fields) {
        this.minutes = values("minute", fields[0], 0, 59, List.of());
        this.hours = values("hour", fields[1], 0, 23, List.of());
        this.days = values("day of month", fields[2], 1, 31, List.of());
        this.months = values("month", fields[3], 1, 12, MONTHS);
        this.weekdays = values("day of week", fields[4], 0, 7, DAYS);
        if (weekdays.get(7)) {
            weekdays.set(0); // Sunday has two numbers
        }
        this.eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
    }

    /**
     * Reads five fields.
     *
     * @throws IllegalArgumentException if they cannot be read, or never come, saying what is wrong
     */
    public static Cron parse(String text) {
        String[] fields = text.strip().split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException("it has %d fields; it must have 5".formatted(fields.length));
        }
        Cron cron = new Cron(fields);
        if (cron.after(ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneId.of("UTC")))
                .isEmpty()) {
            throw new IllegalArgumentException("there is no such day");
        }
        return cron;
    }

    private static BitSet values(String name, String field, int least, int most, List<String> words) {
        BitSet values = new BitSet(64);
        for (String part : field.split(",", -1)) {
            String[] stepped = part.split("/", -1);
            int step = stepped.length == 1 ? 1 : number(name, stepped[1], 1, most, List.of());
            if (stepped.length > 2) {
                throw new IllegalArgumentException("its %s \"%s\" cannot be read".formatted(name, part));
            }
            int from = least;
            int to = most;
            if (!stepped[0].equals("*")) {
                String[] ends = stepped[0].split("-", -1);
                from = number(name, ends[0], least, most, words);
                to = ends.length == 1 ? (stepped.length == 1 ? from : most) : number(name, ends[1], least, most, words);
                if (ends.length > 2 || from > to) {
                    throw new IllegalArgumentException("its %s \"%s\" cannot be read".formatted(name, part));
                }
            }
            for (int value = from; value <= to; value += step) {
                values.set(value);
            }
        }
        return values;
    }

    private static int number(String name, String text, int least, int most, List<String> words) {
        int word = words.indexOf(text.toUpperCase(Locale.ROOT));
        if (word >= 0) {
            return word + (words.equals(MONTHS) ? 1 : 0);
        }
        if (!text.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("its %s \"%s\" cannot be read".formatted(name, text));
        }
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    "its %s is %d; it must be %d to %d".formatted(name, number, least, most));
        }
        return number;
    }

    /** The first instant after one, in its time zone; empty if there is none within nine years. */
    public Optional<ZonedDateTime> after(ZonedDateTime instant) {
        LocalDate last = instant.toLocalDate().plusYears(YEARS);
        LocalDate day = instant.toLocalDate();
        while (!day.isAfter(last)) {
            if (!months.get(day.getMonthValue())) {
                day = YearMonth.from(day).plusMonths(1).atDay(1);
                continue;
            }
            if (matches(day)) {
                Optional<ZonedDateTime> first = on(day, instant);
                if (first.isPresent()) {
                    return first;
                }
            }
            day = day.plusDays(1);
        }
        return Optional.empty();
    }

    private Optional<ZonedDateTime> on(LocalDate day, ZonedDateTime after) {
        for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                ZonedDateTime at = ZonedDateTime.of(day, LocalTime.of(hour, minute), after.getZone());
                if (at.isAfter(after)) {
                    return Optional.of(at);
                }
            }
        }
        return Optional.empty();
    }

    private boolean matches(LocalDate day) {
        boolean ofMonth = days.get(day.getDayOfMonth());
        boolean ofWeek = weekdays.get(day.getDayOfWeek().getValue() % 7);
        return eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
    }
}
