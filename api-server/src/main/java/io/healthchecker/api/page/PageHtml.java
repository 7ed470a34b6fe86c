package io.healthchecker.api.page;

import static io.healthchecker.api.page.Markup.escape;

import io.healthchecker.api.page.PublicPage.Component;
import io.healthchecker.api.page.PublicPage.Happening;
import io.healthchecker.api.page.PublicPage.Health;
import io.healthchecker.api.page.PublicPage.Note;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A status page as HTML that is complete by itself: no script, no other file. */
final class PageHtml {
    private static final String GLYPHS = PageStyle.resource("glyphs.svg");
    private static final int MOST_TROUBLES = 300; // days that tell of theirs, or the largest page would be too large
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private PageHtml() {}

    /** The content security policy of such a page; only pages of these origins may embed it. */
    static String policy(PageStyle style, List<String> embedOrigins) {
        return "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors %s"
                .formatted(style.hash(), embedOrigins.isEmpty() ? "'none'" : String.join(" ", embedOrigins));
    }

    /** The whole page; since when it has not been brought up to date, null while it is. */
    static String page(PublicPage page, @Nullable Instant stoppedAt) {
        String description = page.description();
        String about = description == null ? "" : "<p class=\"text\">%s</p>\n".formatted(escape(description));
        return document(page, page.theme(), """
                <main>
                <h1>%s</h1>
                %s%s%s
                %s
                <h2>Incidents</h2>
                %s
                </main>
                <footer class="quiet"><p>Updated %s%s</p></footer>
                """.formatted(
                        escape(page.title()),
                        about,
                        stopped(stoppedAt) + unchecked(page.checkedUntil()),
                        banner(page) + inHand(page),
                        sections(page),
                        happenings(page),
                        time(page.at()),
                        page.byLink()
                                ? ""
                                : " · <a href=\"/status/%1$s.atom\">Atom</a> · <a href=\"/status/%1$s.json\">JSON</a>"
                                        .formatted(page.slug())));
    }

    /** A part of it for frames of other pages. */
    static String embed(PublicPage page, @Nullable Instant stoppedAt, String theme, Set<EmbedPart> parts) {
        return document(
                page,
                theme,
                "<main>\n%s%s%s\n%s\n%s<p class=\"quiet\">%s</p>\n</main>\n"
                        .formatted(
                                stopped(stoppedAt),
                                unchecked(page.checkedUntil()),
                                parts.contains(EmbedPart.BANNER) ? banner(page) : "",
                                parts.contains(EmbedPart.COMPONENTS) ? sections(page) : "",
                                parts.contains(EmbedPart.INCIDENTS) ? allHappenings(page) : "",
                                page.byLink()
                                        ? escape(page.title())
                                        : "<a href=\"/status/%s\" target=\"_blank\">%s</a>"
                                                .formatted(page.slug(), escape(page.title()))));
    }

    private static String document(PublicPage page, String theme, String body) {
        return """
                <!doctype html>
                <html lang="en" class="%s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s: %s</title>
                %s<style>%s</style>
                </head>
                <body>
                %s
                %s</body>
                </html>
                """.formatted(
                        theme,
                        escape(page.title()),
                        page.sentence(),
                        feed(page),
                        page.style().css(),
                        GLYPHS,
                        body);
    }

    private static String feed(PublicPage page) {
        return page.byLink()
                ? ""
                : "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/status/%s.atom\">\n"
                        .formatted(page.slug());
    }

    private static String stopped(@Nullable Instant at) {
        return at == null
                ? ""
                : "<p class=\"card stale\" role=\"status\">This page stopped updating at %s. What it shows was true then.</p>\n"
                        .formatted(time(at));
    }

    private static String unchecked(@Nullable Instant at) {
        return at == null
                ? ""
                : "<p class=\"card stale\" role=\"status\">Checks stopped at %s. What is shown was true then.</p>\n"
                        .formatted(time(at));
    }

    private static String banner(PublicPage page) {
        return "<p class=\"banner %s\" role=\"status\">%s %s</p>\n"
                .formatted(style(page.health()), glyph(page.health()), page.sentence());
    }

    /** What somebody says of what is not over yet comes before all else. */
    private static String inHand(PublicPage page) {
        String open = page.incidents().stream()
                .filter(PageHtml::isInHand)
                .map(PageHtml::happening)
                .collect(Collectors.joining("\n"));
        return open.isEmpty() ? "" : "<ul>\n%s\n</ul>".formatted(open);
    }

    private static boolean isInHand(Happening happening) {
        return happening.closedAt() == null && !happening.notes().isEmpty();
    }

    private static String sections(PublicPage page) {
        return page.sections().stream()
                .map(section -> "%s<ul>\n%s\n</ul>"
                        .formatted(
                                section.title() == null ? "" : "<h2>%s</h2>\n".formatted(escape(section.title())),
                                section.components().stream()
                                        .map(component -> component(page, section, component))
                                        .collect(Collectors.joining("\n"))))
                .collect(Collectors.joining("\n"));
    }

    private static String component(PublicPage page, PublicPage.Section section, Component component) {
        String heading = section.title() == null ? "h2" : "h3"; // no level is left out
        return """
                <li class="card %s"><div class="row"><%s class="name">%s</%s><span class="state">%s %s</span></div>%s%s\
                <div class="row ends quiet"><span>%d days ago</span><span>%s</span><span>today</span></div></li>""".formatted(
                        style(component.health()),
                        heading,
                        escape(component.name()),
                        heading,
                        glyph(component.health()),
                        component.health().word(),
                        component.description() == null
                                ? ""
                                : "<p class=\"quiet text\">%s</p>".formatted(escape(component.description())),
                        DayStrip.html(
                                component.key(),
                                component.days(),
                                latest(
                                        component.troubles(),
                                        MOST_TROUBLES / (int) page.components().count()),
                                LocalDate.ofInstant(page.at(), ZoneOffset.UTC)),
                        component.days().length(),
                        uptime(component));
    }

    private static <T> List<T> latest(List<T> all, int most) {
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    private static String uptime(Component component) {
        Double coverage = component.coveragePercent();
        String measured = coverage != null && coverage < 99.5 ? ", %s measured".formatted(Percent.of(coverage)) : "";
        return component.uptimePercent() == null ? "no data" : Percent.of(component.uptimePercent()) + " up" + measured;
    }

    private static String allHappenings(PublicPage page) {
        return "<h2>Incidents</h2>\n%s%s\n".formatted(inHand(page), happenings(page));
    }

    private static String happenings(PublicPage page) {
        String others = page.incidents().stream()
                .filter(happening -> !isInHand(happening))
                .map(PageHtml::happening)
                .collect(Collectors.joining("\n"));
        if (others.isEmpty()) {
            String none = page.incidents().isEmpty() ? "None" : "No other";
            return "<p class=\"quiet\">%s in the last 14 days.</p>".formatted(none);
        }
        return "<ul>\n%s\n</ul>".formatted(others);
    }

    private static String happening(Happening happening) {
        Instant closed = happening.closedAt();
        String ended = closed == null
                ? "not over yet"
                : "until %s (%s)".formatted(time(closed), inWords(Duration.between(happening.openedAt(), closed)));
        return "<li class=\"card %s\"><h2 class=\"name\">%s</h2><p class=\"quiet\">%s, %s</p>%s</li>"
                .formatted(
                        style(happening.health()),
                        escape(sentence(happening)),
                        time(happening.openedAt()),
                        ended,
                        notes(happening.notes()));
    }

    /** What an incident is, in a line. */
    static String sentence(Happening happening) {
        String was = happening.closedAt() == null ? "is" : "was";
        return "%s %s %s"
                .formatted(
                        String.join(", ", happening.components()),
                        was,
                        happening.health().word().toLowerCase(Locale.ROOT));
    }

    private static String notes(List<Note> notes) {
        return notes.isEmpty()
                ? ""
                : notes.stream()
                        .map(note -> "<li><span class=\"quiet\">%s</span> <span class=\"text\">%s</span></li>"
                                .formatted(time(note.at()), escape(note.text())))
                        .collect(Collectors.joining("", "<ol>", "</ol>"));
    }

    private static String time(Instant instant) {
        return "<time datetime=\"%s\">%s</time>".formatted(instant, TIME.format(instant));
    }

    private static String style(Health health) {
        return switch (health) {
            case OPERATIONAL -> "ok";
            case SLOW -> "slow";
            case DOWN -> "down";
            case UNKNOWN -> "unknown";
            case UNCHECKED -> "off";
        };
    }

    private static String glyph(Health health) {
        return "<svg class=\"g\" aria-hidden=\"true\"><use href=\"#%s\"/></svg>".formatted(style(health));
    }

    /** Two units at most: 2 d 3 h, 1 h 50 min, 23 min, 9 s. */
    static String inWords(Duration time) {
        if (time.toDays() > 0) {
            return "%d d %d h".formatted(time.toDays(), time.toHoursPart());
        }
        if (time.toHours() > 0) {
            return "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
