package io.healthchecker.api.page;

import static io.healthchecker.api.page.Markup.escape;

import io.healthchecker.api.page.PublicPage.Component;
import io.healthchecker.api.page.PublicPage.Happening;
import io.healthchecker.api.page.PublicPage.Health;
import io.healthchecker.api.page.PublicPage.Note;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A status page as HTML that is complete by itself: no script, no other file. */
final class PageHtml {
    private static final String STYLE = style();
    private static final String STYLE_HASH = sha256(STYLE);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private PageHtml() {}

    /** The content security policy of such a page; only pages of these origins may embed it. */
    static String policy(List<String> embedOrigins) {
        return "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors %s"
                .formatted(STYLE_HASH, embedOrigins.isEmpty() ? "'none'" : String.join(" ", embedOrigins));
    }

    /** The whole page; since when it has not been brought up to date, null while it is. */
    static String page(PublicPage page, @Nullable Instant stoppedAt) {
        String description = page.description();
        String about = description == null ? "" : "<p class=\"text\">%s</p>\n".formatted(escape(description));
        return document(page, "", """
                <main>
                <h1>%s</h1>
                %s%s%s
                %s
                <h2>Incidents</h2>
                %s
                </main>
                <footer class="quiet"><p>Updated %s · <a href="/status/%s.atom">Atom</a> · <a href="/status/%s.json">JSON</a></p></footer>
                """.formatted(
                        escape(page.title()),
                        about,
                        stopped(stoppedAt) + unchecked(page.checkedUntil()),
                        banner(page.health()),
                        sections(page),
                        happenings(page),
                        time(page.at()),
                        page.slug(),
                        page.slug()));
    }

    /** A part of it for frames of other pages. */
    static String embed(PublicPage page, @Nullable Instant stoppedAt, String theme) {
        return document(
                page,
                theme,
                "<main>\n%s%s%s\n%s\n</main>\n"
                        .formatted(
                                stopped(stoppedAt),
                                unchecked(page.checkedUntil()),
                                banner(page.health()),
                                sections(page)));
    }

    private static String document(PublicPage page, String theme, String body) {
        return """
                <!doctype html>
                <html lang="en" class="%s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s: %s</title>
                <link rel="alternate" type="application/atom+xml" href="/status/%s.atom">
                <style>%s</style>
                </head>
                <body>
                %s</body>
                </html>
                """.formatted(theme, escape(page.title()), page.health().sentence(), page.slug(), STYLE, body);
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

    private static String banner(Health health) {
        return "<p class=\"banner %s\" role=\"status\"><span class=\"g\" aria-hidden=\"true\">%s</span> %s</p>"
                .formatted(style(health), glyph(health), health.sentence());
    }

    private static String sections(PublicPage page) {
        return page.sections().stream()
                .map(section -> "%s<ul>\n%s\n</ul>"
                        .formatted(
                                section.title() == null ? "" : "<h2>%s</h2>\n".formatted(escape(section.title())),
                                section.components().stream()
                                        .map(PageHtml::component)
                                        .collect(Collectors.joining("\n"))))
                .collect(Collectors.joining("\n"));
    }

    private static String component(Component component) {
        return """
                <li class="card %s"><div class="row"><h3>%s</h3><span class="state">\
                <span class="g" aria-hidden="true">%s</span> %s</span></div>%s%s\
                <div class="row quiet"><span>%d days ago</span><span>%s</span><span>today</span></div></li>""".formatted(
                        style(component.health()),
                        escape(component.name()),
                        glyph(component.health()),
                        component.health().word(),
                        component.description() == null
                                ? ""
                                : "<p class=\"quiet text\">%s</p>".formatted(escape(component.description())),
                        days(component.days()),
                        component.days().length(),
                        uptime(component));
    }

    private static String uptime(Component component) {
        Double coverage = component.coveragePercent();
        String measured = coverage != null && coverage < 99.5 ? ", %s measured".formatted(Percent.of(coverage)) : "";
        return component.uptimePercent() == null ? "no data" : Percent.of(component.uptimePercent()) + " up" + measured;
    }

    /** Bars that are told apart by height as well as by colour: the worse, the taller. */
    private static String days(String letters) {
        StringBuilder bars = new StringBuilder();
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            int height = switch (letter) {
                case 'U' -> 12;
                case 'S' -> 19;
                case 'D', 'N' -> 27;
                case 'P' -> 3;
                default -> 0;
            };
            if (height > 0) {
                bars.append("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"6\" height=\"%d\"/>"
                        .formatted(Character.toLowerCase(letter), i * 8, 28 - height, height));
            }
        }
        String told = told(letters);
        return "<svg class=\"days\" role=\"img\" viewBox=\"0 0 %d 28\" preserveAspectRatio=\"none\"><title>%s</title>%s</svg>"
                .formatted(letters.length() * 8, told, bars);
    }

    private static String told(String letters) {
        long measured = letters.chars().filter(letter -> letter != '-').count();
        return "%d days: %d with an outage, %d slow, %d without data"
                .formatted(measured, count(letters, 'D'), count(letters, 'S'), count(letters, 'N'));
    }

    private static long count(String letters, char wanted) {
        return letters.chars().filter(letter -> letter == wanted).count();
    }

    private static String happenings(PublicPage page) {
        if (page.incidents().isEmpty()) {
            return "<p class=\"quiet\">None in the last 14 days.</p>";
        }
        return page.incidents().stream()
                .map(PageHtml::happening)
                .collect(Collectors.joining("\n", "<ul>\n", "\n</ul>"));
    }

    private static String happening(Happening happening) {
        String ended = happening.closedAt() == null ? "not over yet" : "until " + time(happening.closedAt());
        return "<li class=\"card %s\"><h3>%s</h3><p class=\"quiet\">%s, %s</p>%s</li>"
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
        return switch (health) {
            case OPERATIONAL -> "✓";
            case SLOW -> "▲";
            case DOWN -> "■";
            case UNKNOWN -> "?";
            case UNCHECKED -> "⏸";
        };
    }

    private static String style() {
        try (InputStream css = Objects.requireNonNull(
                PageHtml.class.getResourceAsStream("/io/healthchecker/api/page/page.css"), "page.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("page.css cannot be read", e);
        }
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
