package io.healthchecker.api.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/** A page as it was read last, in the forms in which it was asked for since. */
public final class ShownPage {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Beyond this age a page says so: it is read every quarter of a minute while anybody looks. */
    private static final Duration STALE = Duration.ofMinutes(1);

    private final long version;
    private final PublicPage page;
    private final Map<String, Rendered> forms = new ConcurrentHashMap<>();

    ShownPage(long version, PublicPage page) {
        this.version = version;
        this.page = page;
    }

    long version() {
        return version;
    }

    /** What everybody may see of it. */
    public PublicPage page() {
        return page;
    }

    Duration age(long nowMillis) {
        return Duration.between(page.at(), Instant.ofEpochMilli(nowMillis));
    }

    private boolean isStale(long nowMillis) {
        return age(nowMillis).compareTo(STALE) > 0;
    }

    Rendered html(long nowMillis) {
        boolean stale = isStale(nowMillis);
        return form(
                stale ? "stale html" : "html",
                () -> Rendered.of("text/html; charset=utf-8", PageHtml.page(page, stale ? page.at() : null)));
    }

    Rendered embed(long nowMillis, String theme) {
        boolean stale = isStale(nowMillis);
        return form(
                (stale ? "stale embed " : "embed ") + theme,
                () -> Rendered.of("text/html; charset=utf-8", PageHtml.embed(page, stale ? page.at() : null, theme)));
    }

    Rendered json() {
        return form("json", () -> Rendered.of("application/json", JSON.writeValueAsString(page)));
    }

    Rendered atom() {
        return form("atom", () -> Rendered.of("application/atom+xml; charset=utf-8", PageFeeds.atom(page)));
    }

    Rendered summary() {
        return form("summary", () -> Rendered.of("application/json", JSON.writeValueAsString(PageFeeds.summary(page))));
    }

    Rendered status() {
        return form(
                "status", () -> Rendered.of("application/json", JSON.writeValueAsString(PageFeeds.statusOnly(page))));
    }

    private Rendered form(String name, java.util.function.Supplier<Rendered> make) {
        return forms.computeIfAbsent(name, _ -> make.get());
    }
}
