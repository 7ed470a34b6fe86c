package io.healthchecker.api.badge;

import io.healthchecker.api.history.TimeSpan;
import io.healthchecker.api.page.PageShelf;
import io.healthchecker.api.page.PublicPage.Component;
import io.healthchecker.api.page.Rendered;
import io.healthchecker.api.page.ShownPage;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** Finds what a badge is of: a component of a published page that has badges, and nothing else. */
final class Badges {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PageShelf shelf;

    Badges(PageShelf shelf) {
        this.shelf = shelf;
    }

    /** A component, and the page on which it was found. */
    record Found(ShownPage page, Component component) {}

    /** @param name the slug of a page, or the token of its link */
    Optional<Found> ofPage(String name, String key) {
        return shelf.find(name).flatMap(page -> page.ofKey(key).map(component -> new Found(page, component)));
    }

    /** The component that shows one service, by its id. */
    Optional<Found> ofService(long id) {
        return find(shown -> shown.ofService(id));
    }

    /** As Gatus names an endpoint: its group and its name, without what an address cannot have. */
    Optional<Found> ofEndpoint(String key) {
        return find(shown -> shown.ofEndpoint(key));
    }

    private Optional<Found> find(Function<ShownPage, Optional<Component>> wanted) {
        return shelf.first(shown -> wanted.apply(shown).isPresent())
                .flatMap(page -> wanted.apply(page).map(component -> new Found(page, component)));
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
}
