package io.healthchecker.api.page;

import io.healthchecker.api.page.PublicPage.Health;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Days as bars that are told apart by height as well as by colour: the worse, the taller. */
final class DayStrip {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    private DayStrip() {}

    /**
     * An image that says itself what it shows, the whole and each day.
     *
     * @param letters as in {@link io.healthchecker.core.history.StateLine}, the last of today
     */
    static String svg(String letters, LocalDate today) {
        StringBuilder bars = new StringBuilder();
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            int height = switch (letter) {
                case 'U' -> 12;
                case 'S' -> 19;
                case 'D', 'N' -> 27;
                case 'P' -> 3;
                default -> 0;
            };
            if (height > 0) {
                bars.append(
                        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"6\" height=\"%d\"><title>%s: %s</title></rect>"
                                .formatted(
                                        Character.toLowerCase(letter),
                                        i * 8,
                                        28 - height,
                                        height,
                                        DAY.format(today.minusDays(letters.length() - 1 - i)),
                                        word(letter)));
            }
        }
        String told = told(letters);
        return "<svg class=\"days\" role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %d 28\" preserveAspectRatio=\"none\"><path class=\"b\" d=\"M0 27.5H%d\"/>%s</svg>"
                .formatted(told, letters.length() * 8, letters.length() * 8 - 2, bars);
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
