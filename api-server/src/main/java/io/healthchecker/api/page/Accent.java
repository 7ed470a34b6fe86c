package io.healthchecker.api.page;

import io.healthchecker.api.problem.FieldError;
import io.healthchecker.core.assertion.Excerpt;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A colour of a page's own, which can be read on the grounds of the page. */
enum Accent {
    ON_LIGHT("accent", "light", "darker", 0xf6f7f9, 0xffffff),
    ON_DARK("accentDark", "dark", "lighter", 0x0f1318, 0x161b22);

    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final double LEAST = 4.5; // WCAG 2.2, 1.4.3
    private static final int SHOWN = 60;

    private final String field;
    private final String theme;
    private final String better;
    private final List<Integer> grounds; // as in page.css: --canvas and --surface

    Accent(String field, String theme, String better, int canvas, int surface) {
        this.field = field;
        this.theme = theme;
        this.better = better;
        this.grounds = List.of(canvas, surface);
    }

    /** What is wrong with a colour. */
    Optional<FieldError> error(String colour) {
        if (!COLOUR.matcher(colour).matches()) {
            return Optional.of(new FieldError(
                    field, "%s is \"%s\"; it must be like #1557b0".formatted(field, Excerpt.of(colour, SHOWN))));
        }
        int rgb = Integer.parseInt(colour.substring(1), 16);
        double contrast = grounds.stream()
                .mapToDouble(ground -> contrast(rgb, ground))
                .min()
                .orElseThrow();
        return contrast >= LEAST
                ? Optional.empty()
                : Optional.of(new FieldError(
                        field,
                        "%s is %s; its contrast on the %s ground of the page is %s:1 and must be %s:1: make it %s"
                                .formatted(
                                        field,
                                        colour.toLowerCase(Locale.ROOT),
                                        theme,
                                        BigDecimal.valueOf(contrast).setScale(2, RoundingMode.DOWN),
                                        LEAST,
                                        better)));
    }

    /** WCAG 2.2, 1 to 21. */
    static double contrast(int one, int other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 0xff) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
    }

    private static double linear(int channel) {
        double part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
