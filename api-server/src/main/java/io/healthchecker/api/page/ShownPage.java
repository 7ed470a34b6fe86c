package io.healthchecker.api.page;

import io.healthchecker.api.page.PublicPage.Component;
import io.healthchecker.api.page.PublicPage.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** A page as it was read last, in the forms in which it was asked for since. */
public final class ShownPage {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Beyond this age a page says so: it is read every quarter of a minute while anybody looks. */
    private static final Duration STALE = Duration.ofMinutes(1);

    private final long version;
    private final @Nullable String linkHash;
    private final PublicPage page;
    private final Map<String, Rendered> forms = new ConcurrentHashMap<>();
    private final Map<String, Component> byKey;
    private final Map<Long, Component> byService;
    private final Map<String, Component> byEndpoint;

    /** @param linkHash of the token that shows it, as {@link PageLink} has it; null where everybody sees it */
    ShownPage(long version, @Nullable String linkHash, PublicPage page) {
        this.version = version;
        this.linkHash = linkHash;
        this.page = page;
        this.byKey = first(page, (_, component) -> component.key());
        this.byService = first(
                page,
                (_, component) -> component.serviceIds().size() == 1
                        ? component.serviceIds().getFirst()
                        : null);
        this.byEndpoint = first(page, (section, component) -> endpoint(section.title(), component.name()));
    }

    /** The first component of each name that a badge may have; none where the page has no badges. */
    private static <T> Map<T, Component> first(PublicPage page, BiFunction<Section, Component, @Nullable T> name) {
        Map<T, Component> first = new HashMap<>();
        if (page.badges()) {
            for (Section section : page.sections()) {
                for (Component component : section.components()) {
                    T known = name.apply(section, component);
                    if (known != null) {
                        first.putIfAbsent(known, component);
                    }
                }
            }
        }
        return first;
    }

    /** As Gatus names an endpoint: its group and its name, without what an address cannot have. */
    private static String endpoint(@Nullable String group, String name) {
        return "%s_%s".formatted(group == null ? "" : plain(group), plain(name));
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[ /_,.#+&]", "-");
    }

    /** The component whose badge has this key. */
    public Optional<Component> ofKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** The component with badges that shows one service alone. */
    public Optional<Component> ofService(long id) {
        return Optional.ofNullable(byService.get(id));
    }

    /** The component with badges of an endpoint, as Gatus names it. */
    public Optional<Component> ofEndpoint(String name) {
        return Optional.ofNullable(byEndpoint.get(name));
    }

    long version() {
        return version;
    }

    /** Whether it is what a token shows, by the hash of that; null for what everybody sees. */
    boolean isOf(@Nullable String hash) {
        return Objects.equals(linkHash, hash);
    }

    /** What others may see of it. */
    public PublicPage page() {
        return page;
    }

    /**
     * A form of it or of a part of it, as the answer. Caches on the way keep only what everybody may see.
     *
     * @param encodings what the caller says that it accepts, null if nothing
     */
    public ResponseEntity<byte[]> answer(Rendered form, Duration fresh, @Nullable String encodings) {
        return linkHash == null ? form.answer(fresh, encodings) : form.answerPrivately(encodings);
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

    Rendered embed(long nowMillis, String theme, Set<EmbedPart> parts) {
        boolean stale = isStale(nowMillis);
        return form(
                (stale ? "stale embed " : "embed ") + theme + parts,
                () -> Rendered.of(
                        "text/html; charset=utf-8", PageHtml.embed(page, stale ? page.at() : null, theme, parts)));
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

    /** How many forms are kept, bounded whatever is asked for. */
    int forms() {
        return forms.size();
    }

    private Rendered form(String name, java.util.function.Supplier<Rendered> make) {
        return forms.computeIfAbsent(name, _ -> make.get());
    }
}
