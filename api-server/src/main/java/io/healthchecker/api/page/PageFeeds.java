package io.healthchecker.api.page;

import static io.healthchecker.api.page.Markup.escape;

import io.healthchecker.api.page.PublicPage.Component;
import io.healthchecker.api.page.PublicPage.Happening;
import io.healthchecker.api.page.PublicPage.Health;
import io.healthchecker.api.page.PublicPage.Note;
import io.healthchecker.api.page.PublicPage.Section;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A status page for programs: an Atom feed of its incidents, and the shape that tools made for Statuspage read. */
final class PageFeeds {
    private PageFeeds() {}

    /** RFC 4287. */
    static String atom(PublicPage page) {
        Instant updated = page.incidents().stream()
                .map(PageFeeds::updated)
                .max(Instant::compareTo)
                .orElse(page.at());
        return """
                <?xml version="1.0" encoding="utf-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom">
                <id>urn:health-checker:status:%s</id>
                <title>%s</title>
                <updated>%s</updated>
                <author><name>%s</name></author>
                %s%s
                %s
                </feed>
                """.formatted(
                        page.slug(),
                        escape(page.title()),
                        updated,
                        escape(page.title()),
                        page.byLink()
                                ? ""
                                : "<link rel=\"self\" type=\"application/atom+xml\" href=\"/status/%s.atom\"/>\n"
                                        .formatted(page.slug()),
                        alternate(page),
                        page.incidents().stream()
                                .map(happening -> entry(page, happening))
                                .collect(Collectors.joining("\n")));
    }

    private static String entry(PublicPage page, Happening happening) {
        String text = happening.notes().isEmpty()
                ? PageHtml.sentence(happening)
                : happening.notes().stream().map(Note::text).collect(Collectors.joining("\n\n"));
        return """
                <entry>
                <id>urn:health-checker:status:%s:incident:%s</id>
                <title>%s</title>
                <published>%s</published>
                <updated>%s</updated>
                %s
                <content type="text">%s</content>
                </entry>""".formatted(
                        page.slug(),
                        happening.id(),
                        escape(PageHtml.sentence(happening)),
                        happening.openedAt(),
                        updated(happening),
                        alternate(page),
                        escape(text));
    }

    private static String alternate(PublicPage page) {
        String address = address(page);
        return address == null ? "" : "<link rel=\"alternate\" type=\"text/html\" href=\"%s\"/>".formatted(address);
    }

    /** Null where it is only for those who have its link: what is sent to all of them cannot tell the token. */
    private static @Nullable String address(PublicPage page) {
        return page.byLink() ? null : "/status/" + page.slug();
    }

    private static Instant updated(Happening happening) {
        Instant last = happening.closedAt() == null ? happening.openedAt() : happening.closedAt();
        return happening.notes().stream()
                .map(Note::at)
                .filter(last::isBefore)
                .max(Instant::compareTo)
                .orElse(last);
    }

    /** As {@code /api/v2/summary.json} of Statuspage. */
    static Map<String, @Nullable Object> summary(PublicPage page) {
        Map<String, @Nullable Object> summary = new LinkedHashMap<>();
        summary.put("page", about(page));
        summary.put("components", components(page));
        summary.put(
                "incidents",
                page.incidents().stream()
                        .filter(happening -> happening.closedAt() == null)
                        .map(happening -> incident(page, happening))
                        .toList());
        summary.put("scheduled_maintenances", List.of());
        summary.put("status", status(page));
        return summary;
    }

    /** As {@code /api/v2/status.json}. */
    static Map<String, @Nullable Object> statusOnly(PublicPage page) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("page", about(page));
        answer.put("status", status(page));
        return answer;
    }

    private static Map<String, @Nullable Object> about(PublicPage page) {
        return fields(
                "id", page.slug(),
                "name", page.title(),
                "url", address(page),
                "time_zone", "Etc/UTC",
                "updated_at", page.at().toString());
    }

    private static Map<String, @Nullable Object> status(PublicPage page) {
        String indicator = switch (page.health()) {
            case OPERATIONAL -> "none";
            case UNCHECKED -> "maintenance";
            case UNKNOWN, SLOW -> "minor";
            case DOWN ->
                page.components().allMatch(component -> component.health() == Health.DOWN) ? "critical" : "major";
        };
        return fields("indicator", indicator, "description", page.sentence());
    }

    /** Sections with a title are groups, each followed by what belongs to it; positions are those within a group. */
    private static List<Map<String, @Nullable Object>> components(PublicPage page) {
        List<Map<String, @Nullable Object>> components = new ArrayList<>();
        Map<String, Integer> titles = new HashMap<>();
        int position = 0;
        for (Section section : page.sections()) {
            String title = section.title();
            boolean isGroup =
                    title != null && !title.isBlank() && !section.components().isEmpty();
            String group = isGroup ? groupId(page, title, titles.merge(title, 1, Integer::sum)) : null;
            if (group != null) {
                components.add(group(page, section, group, ++position));
            }
            int within = 0;
            for (Component component : section.components()) {
                components.add(component(page, component, group, group == null ? ++position : ++within));
            }
        }
        return components;
    }

    /** The same as long as the section has its title; sections of one title are told apart by their order. */
    private static String groupId(PublicPage page, @Nullable String title, int nth) {
        String known = "%s %s %d".formatted(page.slug(), title, nth);
        return UUID.nameUUIDFromBytes(known.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static Map<String, @Nullable Object> group(PublicPage page, Section section, String id, int position) {
        List<Component> components = section.components();
        String since = components.stream()
                .map(Component::since)
                .max(Instant::compareTo)
                .orElseThrow()
                .toString();
        return fields(
                "id",
                id,
                "name",
                section.title(),
                "status",
                Health.worst(components.stream().map(Component::health)).statuspage(),
                "created_at",
                since,
                "updated_at",
                since,
                "position",
                position,
                "description",
                null,
                "showcase",
                false,
                "start_date",
                null,
                "group_id",
                null,
                "page_id",
                page.slug(),
                "group",
                true,
                "only_show_if_degraded",
                false,
                "components",
                components.stream().map(Component::key).toList());
    }

    private static Map<String, @Nullable Object> component(
            PublicPage page, Component component, @Nullable String group, int position) {
        return fields(
                "id", component.key(),
                "name", component.name(),
                "status", component.health().statuspage(),
                "created_at", component.since().toString(),
                "updated_at", component.since().toString(),
                "position", position,
                "description", component.description(),
                "showcase", true,
                "start_date", null,
                "group_id", group,
                "page_id", page.slug(),
                "group", false,
                "only_show_if_degraded", false);
    }

    private static Map<String, @Nullable Object> incident(PublicPage page, Happening happening) {
        return fields(
                "id", happening.id(),
                "name", PageHtml.sentence(happening),
                "status", happening.notes().isEmpty() ? "investigating" : "identified",
                "created_at", happening.openedAt().toString(),
                "updated_at", updated(happening).toString(),
                "monitoring_at", null,
                "resolved_at", null,
                "impact", happening.health() == Health.DOWN ? "major" : "minor",
                "shortlink", address(page),
                "started_at", happening.openedAt().toString(),
                "page_id", page.slug(),
                "incident_updates",
                        happening.notes().stream()
                                .map(note -> fields(
                                        "status", "identified",
                                        "body", note.text(),
                                        "incident_id", happening.id(),
                                        "created_at", note.at().toString(),
                                        "display_at", note.at().toString()))
                                .toList());
    }

    private static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return fields;
    }
}
