package io.healthchecker.api.badge;

import io.healthchecker.api.history.TimeSpan;
import io.healthchecker.api.page.PageShelf;
import io.healthchecker.api.page.PublicPage;
import io.healthchecker.api.page.PublicPage.Component;
import io.healthchecker.api.page.Rendered;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Finds what a badge is of: a component of a published page that has badges, and nothing else. */
final class Badges {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PageShelf shelf;

    Badges(PageShelf shelf) {
        this.shelf = shelf;
    }

    Optional<Component> ofPage(String slug, String key) {
        return find(
                (page, component) -> page.slug().equals(slug) && component.key().equals(key));
    }

    /** The component that shows one service, by its id. */
    Optional<Component> ofService(long id) {
        return find((page, component) ->
                component.serviceIds().size() == 1 && component.serviceIds().getFirst() == id);
    }

    /** As Gatus names an endpoint: its group and its name, without what an address cannot have. */
    Optional<Component> ofEndpoint(String key) {
        return shelf.first(shown -> endpoint(shown.page(), key).isPresent())
                .flatMap(shown -> endpoint(shown.page(), key));
    }

    /** A badge in the form that the ending asks for: svg, json or shields. */
    static Rendered render(Badge badge, String ending) {
        return ending.equals("svg")
                ? Rendered.of("image/svg+xml", badge.svg())
                : Rendered.of("application/json", JSON.writeValueAsString(badge.shields()));
    }

    /** A time as Gatus and Uptime Kuma write it: 24, 24h, 7d, 30d; whatever is not known is 90 days. */
    static TimeSpan span(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "1h", "1" -> TimeSpan.HOUR;
            case "24h", "24", "1d" -> TimeSpan.DAY;
            case "7d", "168", "168h" -> TimeSpan.WEEK;
            case "30d", "720", "720h" -> TimeSpan.MONTH;
            default -> TimeSpan.QUARTER;
        };
    }

    static Look look(Map<String, String> parameters) {
        return new Look(parameters);
    }

    private Optional<Component> find(BiPredicate<PublicPage, Component> wanted) {
        return shelf.first(shown -> component(shown.page(), wanted).isPresent())
                .flatMap(shown -> component(shown.page(), wanted));
    }

    private static Optional<Component> component(PublicPage page, BiPredicate<PublicPage, Component> wanted) {
        return page.badges()
                ? page.components()
                        .filter(component -> wanted.test(page, component))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<Component> endpoint(PublicPage page, String key) {
        if (!page.badges()) {
            return Optional.empty();
        }
        return page.sections().stream()
                .flatMap(section -> section.components().stream()
                        .filter(component ->
                                endpoint(section.title(), component.name()).equals(key)))
                .findFirst();
    }

    private static String endpoint(@Nullable String group, String name) {
        return "%s_%s".formatted(group == null ? "" : plain(group), plain(name));
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[ /_,.#+&]", "-");
    }
}
