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
import io.healthchecker.core.history.Days;
import io.healthchecker.core.history.Uptime;
import io.healthchecker.core.history.Window;
import io.healthchecker.core.incident.IncidentNote;
import io.healthchecker.core.incident.IncidentNoteTable;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what a page shows at this instant. */
final class PageReader {
    static final int DAYS = 90;
    private static final Duration RECENT = Duration.ofDays(14);
    private static final int MOST_HAPPENINGS = 50;

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
    private record Read(Map<Long, Now> now, Map<Long, Past> past, Map<Long, Instant> certificates, PageDays days) {}

    PublicPage read(Page page) {
        long now = ticker.epochMillis();
        PageBody body = page.body();
        Map<PageBody.Component, List<Long>> services = services(page.teamId(), body);
        List<Long> ids =
                services.values().stream().flatMap(List::stream).distinct().toList();
        Map<Long, Now> living = facts.now(page.teamId(), ids);
        Instant at = Instant.ofEpochMilli(now);
        PageDays days = days(page.teamId(), living.keySet(), at);
        var read = new Read(living, facts.past(ids, now), certificates.earliest(ids), days);
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
                at,
                facts.silentSince(page.teamId(), ids, now).orElse(null),
                sections,
                happenings(sections, days.troubles(), at),
                page.linkHash() != null,
                body.origins(),
                body.theme() == null ? "system" : body.theme(),
                PageStyle.of(body.accent(), body.accentDark()),
                body.hasBadges(),
                body.domain());
    }

    /** Days of UTC, today the last: an outage stays where it was. */
    private PageDays days(int teamId, Set<Long> ids, Instant now) {
        List<Window> windows = Days.upTo(now, ZoneOffset.UTC, DAYS);
        Instant first = Instant.ofEpochMilli(windows.getFirst().fromMillis());
        return new PageDays(
                windows, bars.lines(teamId, ids, first, now.toEpochMilli()), facts.troubles(teamId, ids, first));
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
        List<Long> living = new ArrayList<>();
        Map<TimeSpan, Uptime> uptimes = new EnumMap<>(TimeSpan.class);
        Integer latency = null;
        for (Long id : ids) {
            Now one = read.now().get(id);
            if (one == null) {
                continue; // of another team, or removed
            }
            now.add(one);
            living.add(id);
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
                read.days().letters(living),
                read.days().troubled(living),
                uptime.known() ? uptime.upMillionths() / 1e4 : null,
                uptime.millis() > 0 ? uptime.coverageMillionths() / 1e4 : null,
                percents(uptimes),
                latency == null ? null : Math.round(latency / 100.0) / 10.0,
                living.stream()
                        .map(read.certificates()::get)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                living);
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

    private List<Happening> happenings(List<PublicPage.Section> sections, List<Trouble> troubles, Instant now) {
        List<Trouble> recent = troubles.stream()
                .filter(trouble -> trouble.isAfter(now.minus(RECENT)))
                .limit(MOST_HAPPENINGS)
                .toList();
        Map<Long, List<Note>> said = new HashMap<>();
        for (IncidentNote note : notes.shared(recent.stream().map(Trouble::id).toList())) {
            said.computeIfAbsent(note.incidentId(), _ -> new ArrayList<>()).add(new Note(note.at(), note.text()));
        }
        return recent.stream()
                .map(trouble -> new Happening(
                        trouble.publicId(),
                        names(sections, trouble.serviceId()),
                        Health.of(trouble.worst()),
                        trouble.openedAt(),
                        trouble.closedAt(),
                        said.getOrDefault(trouble.id(), List.of())))
                .toList();
    }

    private static List<String> names(List<PublicPage.Section> sections, long serviceId) {
        return sections.stream()
                .flatMap(section -> section.components().stream())
                .filter(component -> component.serviceIds().contains(serviceId))
                .map(PublicPage.Component::name)
                .toList();
    }
}
