package io.healthchecker.api.ui;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The icon of the dashboard while services are Down: a square with their number, "99+" beyond 99. Each number is a file of
 * its own, since the page's policy lets nothing be drawn there.
 */
final class CountedIcon {
    private static final int MOST = 99;

    private static final Map<String, Asset> ICONS = Stream.concat(
                    IntStream.rangeClosed(1, MOST).mapToObj(Integer::toString), Stream.of("many"))
            .collect(Collectors.toUnmodifiableMap("icon-%s.svg"::formatted, CountedIcon::icon));

    private CountedIcon() {}

    /** By its path, {@code icon-3.svg} or {@code icon-many.svg}. */
    static Optional<Asset> find(String path) {
        return Optional.ofNullable(ICONS.get(path));
    }

    private static Asset icon(String count) {
        String shown = count.equals("many") ? MOST + "+" : count;
        int size = 30 - 6 * shown.length();
        // the colour of Down on light; an icon does not know on what it lies
        String svg = """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><title>%1$s Down</title>\
                <rect width="32" height="32" rx="4" fill="#900d1a"/><text x="16" y="%3$d" text-anchor="middle" fill="#fff" \
                font-family="system-ui, sans-serif" font-weight="700" font-size="%2$d">%1$s</text></svg>""".formatted(shown, size, 16 + size * 36 / 100);
        return Asset.of("icon.svg", svg.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
