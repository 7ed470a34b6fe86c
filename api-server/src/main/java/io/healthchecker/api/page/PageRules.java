package io.healthchecker.api.page;

import io.healthchecker.api.problem.FieldError;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.assertion.Excerpt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a status page may hold. */
final class PageRules {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])");
    private static final Pattern KEY = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern ORIGIN =
            Pattern.compile("https?://[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?");
    private static final Pattern LABEL = Pattern.compile("[^:\\s]{1,317}:[^:\\s]{0,63}");
    private static final Set<String> THEMES = Set.of("system", "light", "dark");
    private static final Set<String> VISIBILITIES = Set.of("public", PageBody.LINK);
    private static final int MOST_SECTIONS = 50;
    private static final int MOST_COMPONENTS = 100;
    private static final int MOST_ORIGINS = 20;
    private static final int LONG_TEXT = 2_000;
    private static final int SHORT_TEXT = 200;

    private final Set<String> domains;

    /** @param domains hosts that pages may have, as the operator of this server allows */
    PageRules(List<String> domains) {
        this.domains = Set.copyOf(domains);
    }

    /**
     * A page that is right, with a key for each component.
     *
     * @throws ProblemException if it is not
     */
    PageBody checked(PageBody body) {
        List<FieldError> errors = new ArrayList<>();
        if (body.slug() == null || !SLUG.matcher(body.slug()).matches()) {
            errors.add(new FieldError("slug", "slug must be 2 to 63 lower-case letters, digits and hyphens"));
        }
        text(errors, "title", body.title(), SHORT_TEXT, true);
        text(errors, "description", body.description(), LONG_TEXT, false);
        if (body.visibility() != null && !VISIBILITIES.contains(body.visibility())) {
            errors.add(new FieldError(
                    "visibility",
                    "visibility is \"%s\"; it must be public or link"
                            .formatted(Excerpt.of(body.visibility(), SHORT_TEXT))));
        }
        if (body.domain() != null && body.isByLink()) {
            errors.add(new FieldError(
                    "domain",
                    "domain is \"%s\"; a page by link has no host of its own: remove domain, or set visibility to public"
                            .formatted(Excerpt.of(body.domain(), SHORT_TEXT))));
        } else if (body.domain() != null && !domains.contains(body.domain())) {
            errors.add(
                    new FieldError(
                            "domain",
                            "domain must be a host that the operator of this server allows for status pages (hc.pages.domains)"));
        }
        if (body.origins().size() > MOST_ORIGINS) {
            errors.add(new FieldError("embedOrigins", "embedOrigins may name " + MOST_ORIGINS));
        }
        for (String origin : body.origins()) {
            if (origin == null || !ORIGIN.matcher(origin).matches()) {
                errors.add(new FieldError("embedOrigins", "embedOrigins must be like https://www.example.com"));
            }
        }
        if (body.theme() != null && !THEMES.contains(body.theme())) {
            errors.add(new FieldError(
                    "theme",
                    "theme is \"%s\"; it must be system, light or dark"
                            .formatted(Excerpt.of(body.theme(), SHORT_TEXT))));
        }
        if (body.accent() != null) {
            Accent.ON_LIGHT.error(body.accent()).ifPresent(errors::add);
        }
        if (body.accentDark() != null) {
            Accent.ON_DARK.error(body.accentDark()).ifPresent(errors::add);
        }
        List<PageBody.Section> sections = sections(errors, body);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new PageBody(
                body.slug(),
                body.title(),
                body.description(),
                body.published(),
                body.visibility(),
                body.domain(),
                body.embedOrigins(),
                body.theme(),
                body.accent(),
                body.accentDark(),
                body.badges(),
                sections);
    }

    private static List<PageBody.Section> sections(List<FieldError> errors, PageBody body) {
        if (body.allSections().size() > MOST_SECTIONS) {
            errors.add(new FieldError("sections", "sections may be " + MOST_SECTIONS));
        }
        Set<String> keys = new HashSet<>();
        List<PageBody.Section> sections = new ArrayList<>();
        int count = 0;
        for (int i = 0; i < body.allSections().size(); i++) {
            PageBody.Section section = body.allSections().get(i);
            String at = "sections[%d]".formatted(i);
            text(errors, at + ".title", section.title(), SHORT_TEXT, false);
            List<PageBody.Component> components = new ArrayList<>();
            for (int j = 0; j < PageBody.components(section).size(); j++) {
                components.add(component(
                        errors,
                        "%s.components[%d]".formatted(at, j),
                        PageBody.components(section).get(j),
                        keys));
                count++;
            }
            sections.add(new PageBody.Section(section.title(), components));
        }
        if (count > MOST_COMPONENTS) {
            errors.add(new FieldError("sections", "a page may have %d components".formatted(MOST_COMPONENTS)));
        }
        return sections;
    }

    private static PageBody.Component component(
            List<FieldError> errors, String at, PageBody.Component component, Set<String> keys) {
        text(errors, at + ".name", component.name(), SHORT_TEXT, true);
        text(errors, at + ".description", component.description(), LONG_TEXT, false);
        if ((component.serviceId() == null) == (component.label() == null)) {
            errors.add(new FieldError(at, at + " needs a serviceId or a label, one of them"));
        }
        if (component.label() != null && !LABEL.matcher(component.label()).matches()) {
            errors.add(new FieldError(at + ".label", at + ".label must be key:value"));
        }
        String key = component.key();
        if (key == null) {
            key = free(keyOf(String.valueOf(component.name())), keys);
        } else if (!KEY.matcher(key).matches()) {
            errors.add(new FieldError(at + ".key", at + ".key must be 1 to 63 lower-case letters, digits and hyphens"));
        } else if (keys.contains(key)) {
            errors.add(new FieldError(at + ".key", "%s.key is %s, as another one's".formatted(at, key)));
        }
        keys.add(key);
        return new PageBody.Component(
                component.name(), key, component.description(), component.serviceId(), component.label());
    }

    private static String keyOf(String name) {
        String key = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String start = key.length() > 50 ? key.substring(0, 50).replaceAll("-+$", "") : key;
        return start.isEmpty() ? "component" : start;
    }

    private static String free(String wanted, Set<String> taken) {
        String key = wanted;
        for (int i = 2; taken.contains(key); i++) {
            key = wanted + "-" + i;
        }
        return key;
    }

    private static void text(List<FieldError> errors, String field, @Nullable String text, int most, boolean required) {
        if (text == null || text.isBlank()) {
            if (required) {
                errors.add(new FieldError(field, field + " is missing; it is required"));
            }
        } else if (text.length() > most || text.indexOf('\0') >= 0) {
            errors.add(new FieldError(
                    field, "%s has %d characters; it may have %d, and no NUL".formatted(field, text.length(), most)));
        }
    }
}
