package io.healthchecker.api.badge;

import io.healthchecker.api.page.Markup;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Two words side by side.
 *
 * @param color of the right one, {@code #rrggbb} or a colour's name
 * @param style flat, flat-square or for-the-badge
 */
record Badge(String label, String message, String color, String labelColor, String style) {
    private static final int MOST = 80;

    Badge {
        label = shorten(label);
        message = shorten(message);
    }

    private static String shorten(String text) {
        return text.codePointCount(0, text.length()) <= MOST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST - 1)) + "…";
    }

    /** As an image that says itself what it shows. */
    String svg() {
        boolean big = style.equals("for-the-badge");
        String left = Markup.escape(big ? label.toUpperCase(Locale.ROOT) : label);
        String right = Markup.escape(big ? message.toUpperCase(Locale.ROOT) : message);
        int leftWidth = label.isEmpty() ? 0 : width(label, big);
        int rightWidth = width(message, big);
        int width = leftWidth + rightWidth;
        int height = big ? 28 : 20;
        int baseline = big ? 18 : 14;
        String title = left.isEmpty() ? right : left + ": " + right;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" role="img" aria-label="%s">\
                <title>%s</title>\
                <clipPath id="r"><rect width="%d" height="%d" rx="%d"/></clipPath>\
                <g clip-path="url(#r)"><rect width="%d" height="%d" fill="%s"/>\
                <rect x="%d" width="%d" height="%d" fill="%s"/></g>\
                <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="%d">\
                <text x="%d" y="%d" textLength="%d">%s</text><text x="%d" y="%d" textLength="%d">%s</text></g></svg>
                """.formatted(
                        width,
                        height,
                        title,
                        title,
                        width,
                        height,
                        style.equals("flat-square") || big ? 0 : 3,
                        leftWidth,
                        height,
                        labelColor,
                        leftWidth,
                        rightWidth,
                        height,
                        color,
                        big ? 10 : 11,
                        leftWidth / 2,
                        baseline,
                        Math.max(0, leftWidth - 10),
                        left,
                        leftWidth + rightWidth / 2,
                        baseline,
                        Math.max(0, rightWidth - 10),
                        right);
    }

    /** As the endpoint badge of shields.io reads it. */
    Map<String, Object> shields() {
        Map<String, Object> shields = new LinkedHashMap<>();
        shields.put("schemaVersion", 1);
        shields.put("label", label);
        shields.put("message", message);
        shields.put("color", color);
        return shields;
    }

    /** About as wide as the text in the font that most have, and five pixels at each side. */
    private static int width(String text, boolean big) {
        double width = text.codePoints()
                .mapToDouble(point -> {
                    if ("iljtf.,:;|!'()[] 1".indexOf(point) >= 0) {
                        return 4.4;
                    }
                    return point == 'm'
                                    || point == 'w'
                                    || point == 'M'
                                    || point == 'W'
                                    || point == '%'
                                    || point > 0x2000
                            ? 10.5
                            : 7;
                })
                .sum();
        return (int) Math.ceil(big ? width * 1.25 + 18 : width + 10);
    }
}
