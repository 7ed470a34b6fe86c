package io.healthchecker.api.page;

import io.healthchecker.api.page.PublicPage.Health;
import io.healthchecker.api.page.PublicPage.Outage;
import io.healthchecker.api.page.PublicPage.TroubledDay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Days as bars that are told apart by height as well as by colour: the worse, the taller. Each opens and says what it was:
 * the bars are radio buttons, so that one key leads to them, arrows from one to the next, and no script is needed.
 */
final class DayStrip {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final int MOST_INCIDENTS = 5; // told of a day

    private DayStrip() {}

    /**
     * The strip, which says what it shows as a whole, and of each day when it is chosen.
     *
     * @param name of no other strip of the page
     * @param letters as in {@link io.healthchecker.core.history.StateLine}, the last of today
     */
    static String html(String name, String letters, List<TroubledDay> troubled, LocalDate today) {
        Map<LocalDate, TroubledDay> byDay =
                troubled.stream().collect(Collectors.toMap(TroubledDay::day, Function.identity()));
        StringBuilder bars = new StringBuilder();
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            LocalDate day = today.minusDays(letters.length() - 1 - i);
            bars.append(
                    letter == '-'
                            ? "<i></i>"
                            : "<label class=\"%s\"><input type=\"radio\" name=\"%s\"><span>%s: %s</span></label>"
                                    .formatted(
                                            Character.toLowerCase(letter),
                                            name,
                                            DAY.format(day),
                                            said(letter, byDay.get(day))));
        }
        return "<div class=\"days\" role=\"radiogroup\" aria-label=\"%s\">%s</div>".formatted(told(letters), bars);
    }

    private static String said(char letter, @Nullable TroubledDay day) {
        if (day == null) {
            return word(letter);
        }
        StringBuilder said = new StringBuilder();
        if (day.downSeconds() > 0) {
            said.append("Down for ").append(inWords(day.downSeconds()));
        }
        if (day.slowSeconds() > 0) {
            said.append(said.isEmpty() ? "Slow for " : ", slow for ").append(inWords(day.slowSeconds()));
        }
        if (said.isEmpty()) {
            said.append(word(letter));
        }
        day.incidents().stream()
                .limit(MOST_INCIDENTS)
                .forEach(incident -> said.append("<br>").append(said(incident, day.day())));
        int more = day.incidents().size() - MOST_INCIDENTS;
        return more > 0 ? said.append("<br>").append(more).append(" more").toString() : said.toString();
    }

    private static String said(Outage incident, LocalDate day) {
        Instant closed = incident.closedAt();
        return closed == null
                ? "Incident since %s UTC, not over yet".formatted(time(incident.openedAt(), day))
                : "Incident %s to %s UTC".formatted(time(incident.openedAt(), day), time(closed, day));
    }

    private static String time(Instant instant, LocalDate day) {
        var at = instant.atZone(ZoneOffset.UTC);
        return at.toLocalDate().equals(day) ? TIME.format(at) : DAY.format(at) + " " + TIME.format(at);
    }

    private static String inWords(long seconds) {
        return PageHtml.inWords(Duration.ofSeconds(seconds));
    }

    private static String word(char letter) {
        return switch (letter) {
            case 'U' -> Health.OPERATIONAL.word();
            case 'S' -> Health.SLOW.word();
            case 'D' -> Health.DOWN.word();
            case 'P' -> Health.UNCHECKED.word();
            default -> Health.UNKNOWN.word();
        };
    }

    private static String told(String letters) {
        long measured = letters.chars().filter(letter -> letter != '-').count();
        return measured == 0
                ? "no data"
                : "%s: %d with an outage, %d slow, %d without data"
                        .formatted(
                                measured == 1 ? "1 day" : measured + " days",
                                count(letters, 'D'),
                                count(letters, 'S'),
                                count(letters, 'N'));
    }

    private static long count(String letters, char wanted) {
        return letters.chars().filter(letter -> letter == wanted).count();
    }
}
