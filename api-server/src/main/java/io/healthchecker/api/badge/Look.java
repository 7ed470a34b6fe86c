package io.healthchecker.api.badge;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** How a badge is to look, by the query parameters that Uptime Kuma has. What cannot be used is as if it were not there. */
record Look(Map<String, String> parameters) {
    private static final Pattern HEX = Pattern.compile("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})");
    private static final Pattern NAME = Pattern.compile("[a-z]{3,20}");
    private static final Set<String> STYLES = Set.of("flat", "flat-square", "for-the-badge");

    // what shields.io calls these colours
    private static final Map<String, String> COLORS = Map.of(
            "brightgreen", "#4c1",
            "green", "#97ca00",
            "yellow", "#dfb317",
            "yellowgreen", "#a4a61d",
            "orange", "#fe7d37",
            "red", "#e05d44",
            "blue", "#007ec6",
            "grey", "#555",
            "lightgrey", "#9f9f9f");

    Badge badge(String label, String message, String color) {
        String left = text("labelPrefix", "") + text("label", label) + text("labelSuffix", "");
        String right = text("prefix", "") + message + text("suffix", "");
        String style = parameters.getOrDefault("style", "flat");
        return new Badge(
                left,
                right,
                color("color", color),
                color("labelColor", "#555"),
                STYLES.contains(style) ? style : "flat");
    }

    String text(String name, String otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    String color(String name, String otherwise) {
        String wanted = parameters.get(name);
        if (wanted == null) {
            return otherwise;
        }
        if (COLORS.containsKey(wanted)) {
            return COLORS.getOrDefault(wanted, otherwise);
        }
        if (HEX.matcher(wanted).matches()) {
            return wanted.startsWith("#") ? wanted : "#" + wanted;
        }
        return NAME.matcher(wanted).matches() ? wanted : otherwise;
    }
}
