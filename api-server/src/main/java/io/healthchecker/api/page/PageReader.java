package io.healthchecker.api.page;

import io.healthchecker.api.history.Bars;
import io.healthchecker.api.history.TimeSpan;
import io.healthchecker.api.page.PageFactsTable.Now;
import io.healthchecker.api.page.PageFactsTable.Past;
import io.healthchecker.api.page.PageFactsTable.Trouble;
import io.healthchecker.api.page.PublicPage.Happening;
import io.healthchecker.api.page.PublicPage.Health;
import io.healthchecker.api.page.PublicPage.Note;
import io.healthchecker.core.check.CertificateTable;
import io.healthchecker.core.history.Uptime;
import io.healthchecker.core.history.Window;
import io.healthchecker.core.incident.IncidentNote;
import io.healthchecker.core.incident.IncidentNoteTable;
import io.healthchecker.core.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what a page shows at this instant. */
final class PageReader {
    static final int DAYS = 90;
    private static final long DAY_MILLIS = 86_400_000;

    private final PageFactsTable facts;
    private final CertificateTable certificates;
    private final IncidentNoteTable notes;
    private final Bars bars;
    private final Ticker ticker;

    PageReader(JdbcClient jdbc, Bars bars, Ticker ticker) {
        this.facts = new PageFactsTable(jdbc);
        this.certificates = new CertificateTable(jdbc);
        this.notes = new IncidentNoteTable(jdbc);
        this.bars = bars;
        this.ticker = ticker;
    }

    /** Everything that is read for a page at once, by service. */
    private record Read(
            Map<Long, Now> now, Map<Long, Past> past, Map<Long, Instant> certificates, Map<String, String> bars) {}

    PublicPage read(Page page) {
        long now = ticker.epochMillis();
        PageBody body = page.body();
        Map<PageBody.Component, List<Long>> services = services(page.teamId(), body);
        List<Long> ids =
                services.values().stream().flatMap(List::stream).distinct().toList();
        Map<Long, Now> living = facts.now(page.teamId(), ids);
        var read = new Read(
                living,
                facts.past(ids, now),
                certificates.earliest(ids),
                bars.of(page.teamId(), ids, days(now), DAYS).bars());
        List<PublicPage.Section> sections = new ArrayList<>();
        for (PageBody.Section section : body.allSections()) {
            sections.add(new PublicPage.Section(
                    section.title(),
                    PageBody.components(section).stream()
                            .map(component -> component(component, services.getOrDefault(component, List.of()), read))
                            .toList()));
        }
        Health health = Health.worst(sections.stream()
                .flatMap(section -> section.components().stream())
                .map(PublicPage.Component::health));
        return new PublicPage(
                Objects.requireNonNull(body.slug()),
                Objects.requireNonNull(body.title()),
                body.description(),
                health,
                Instant.ofEpochMilli(now),
                facts.silentSince(page.teamId(), ids, now).orElse(null),
                sections,
                happenings(page.teamId(), sections, living.keySet()),
                page.linkHash() != null,
                body.origins(),
                body.theme() == null ? "system" : body.theme(),
                body.hasBadges(),
                body.domain());
    }

    /** Days of UTC, today the last: an outage stays where it was. */
    private static Window days(long nowMillis) {
        long today = Math.floorDiv(nowMillis, DAY_MILLIS);
        return new Window((today + 1 - DAYS) * DAY_MILLIS, (today + 1) * DAY_MILLIS);
    }

    private Map<PageBody.Component, List<Long>> services(int teamId, PageBody body) {
        Map<PageBody.Component, List<Long>> services = new LinkedHashMap<>();
        for (PageBody.Section section : body.allSections()) {
            for (PageBody.Component component : PageBody.components(section)) {
                Long id = component.serviceId();
                String label = component.label();
                if (id != null) {
                    services.put(component, List.of(id));
                } else if (label != null) {
                    int colon = label.indexOf(':');
                    services.put(
                            component, facts.withLabel(teamId, label.substring(0, colon), label.substring(colon + 1)));
                }
            }
        }
        return services;
    }

    private static PublicPage.Component component(PageBody.Component component, List<Long> ids, Read read) {
        List<Now> now = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        Map<TimeSpan, Uptime> uptimes = new EnumMap<>(TimeSpan.class);
        Integer latency = null;
        for (Long id : ids) {
            Now one = read.now().get(id);
            if (one == null) {
                continue; // of another team, or removed
            }
            now.add(one);
            lines.add(read.bars().getOrDefault(Long.toString(id), ""));
            Past past = read.past().get(id);
            if (past != null) {
                past.uptimes().forEach((span, uptime) -> uptimes.merge(span, uptime, Uptime::plus));
                latency = larger(latency, past.p95Micros());
            }
        }
        Uptime uptime = uptimes.getOrDefault(TimeSpan.QUARTER, Uptime.NONE);
        return new PublicPage.Component(
                Objects.requireNonNull(component.key()),
                Objects.requireNonNull(component.name()),
                component.description(),
                Health.worst(now.stream().map(one -> Health.of(one.state()))),
                now.stream().map(Now::since).max(Comparator.naturalOrder()).orElse(Instant.EPOCH),
                worst(lines),
                uptime.known() ? uptime.upMillionths() / 1e4 : null,
                uptime.millis() > 0 ? uptime.coverageMillionths() / 1e4 : null,
                percents(uptimes),
                latency == null ? null : Math.round(latency / 100.0) / 10.0,
                ids.stream()
                        .filter(read.now()::containsKey)
                        .map(read.certificates()::get)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                ids.stream().filter(read.now()::containsKey).toList());
    }

    private static Map<TimeSpan, Double> percents(Map<TimeSpan, Uptime> uptimes) {
        Map<TimeSpan, Double> percents = new EnumMap<>(TimeSpan.class);
        uptimes.forEach((span, uptime) -> {
            if (uptime.known()) {
                percents.put(span, uptime.upMillionths() / 1e4);
            }
        });
        return percents;
    }

    private static @Nullable Integer larger(@Nullable Integer one, @Nullable Integer other) {
        return one == null || (other != null && other > one) ? other : one;
    }

    /** The worst letter of each day. */
    private static String worst(List<String> lines) {
        StringBuilder worst = new StringBuilder("-".repeat(DAYS));
        for (String line : lines) {
            for (int i = 0; i < line.length(); i++) {
                if ("-PUNSD".indexOf(line.charAt(i)) > "-PUNSD".indexOf(worst.charAt(i))) {
                    worst.setCharAt(i, line.charAt(i));
                }
            }
        }
        return worst.toString();
    }

    private List<Happening> happenings(int teamId, List<PublicPage.Section> sections, Set<Long> ids) {
        List<Trouble> troubles = facts.troubles(teamId, ids);
        Map<Long, List<Note>> said = new HashMap<>();
        for (IncidentNote note : notes.shared(troubles.stream().map(Trouble::id).toList())) {
            said.computeIfAbsent(note.incidentId(), _ -> new ArrayList<>()).add(new Note(note.at(), note.text()));
        }
        return troubles.stream()
                .map(trouble -> new Happening(
                        publicId(trouble),
                        names(sections, trouble.serviceId()),
                        Health.of(trouble.worst()),
                        trouble.openedAt(),
                        trouble.closedAt(),
                        said.getOrDefault(trouble.id(), List.of())))
                .toList();
    }

    /** Incidents are counted over all teams: their numbers would tell how many there are that nobody is shown. */
    private static String publicId(Trouble trouble) {
        String known = trouble.serviceId() + " " + trouble.openedAt();
        return UUID.nameUUIDFromBytes(known.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static List<String> names(List<PublicPage.Section> sections, long serviceId) {
        return sections.stream()
                .flatMap(section -> section.components().stream())
                .filter(component -> component.serviceIds().contains(serviceId))
                .map(PublicPage.Component::name)
                .toList();
    }
}
