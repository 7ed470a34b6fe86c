package io.healthchecker.api.incident;

import io.healthchecker.api.history.LocationNames;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.check.ResultQuery;
import io.healthchecker.core.incident.Incident;
import io.healthchecker.core.incident.IncidentNoteTable;
import io.healthchecker.core.service.ServiceChangeTable;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.TransitionTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How an incident went: what happened and was said, and what the checks saw. */
final class IncidentStory {
    private static final int MOST_ENTRIES = 500;
    private static final int MOST_RESULTS = 1_200;
    private static final int SLOTS_BEFORE = 10;
    private static final int SLOTS_AFTER = 60;

    private final TransitionTable transitions;
    private final IncidentNoteTable notes;
    private final CheckResultTable results;
    private final ServiceChangeTable changes;
    private final LocationNames locations;
    private final Ticker ticker;

    IncidentStory(JdbcClient jdbc, LocationNames locations, Ticker ticker) {
        this.transitions = new TransitionTable(jdbc);
        this.notes = new IncidentNoteTable(jdbc);
        this.results = new CheckResultTable(jdbc);
        this.changes = new ServiceChangeTable(jdbc);
        this.locations = locations;
        this.ticker = ticker;
    }

    /** Oldest first; of very many transitions the newest. */
    List<TimelineEntry> timeline(Incident incident) {
        long last = incident.closedSeq() == null ? Long.MAX_VALUE - 1 : incident.closedSeq();
        List<TimelineEntry> entries = new ArrayList<>();
        transitions.before(incident.serviceId(), last + 1, MOST_ENTRIES).stream()
                .filter(transition -> transition.seq() >= incident.openedSeq())
                .map(TimelineEntry::of)
                .forEach(entries::add);
        notes.of(incident.id(), MOST_ENTRIES).stream().map(TimelineEntry::of).forEach(entries::add);
        if (incident.closedAt() != null && incident.closedSeq() == null) {
            entries.add(TimelineEntry.removed(incident.closedAt()));
        }
        entries.sort(Comparator.comparing(TimelineEntry::at));
        return entries;
    }

    /** The checks around its beginning, or from an instant on. */
    EvidenceView evidence(Incident incident, Instant from) {
        long period = changes.of(incident.serviceId()).getLast().cadence().periodMillis();
        long begin = Math.max(0, from.toEpochMilli() - SLOTS_BEFORE * period);
        long now = ticker.epochMillis();
        long over = incident.closedAt() == null ? now : incident.closedAt().toEpochMilli() + SLOTS_BEFORE * period;
        long end = Math.min(Math.min(now + 1, over), from.toEpochMilli() + SLOTS_AFTER * period);
        List<CheckResult> found = results.select(
                new ResultQuery(incident.serviceId(), begin, Math.max(begin, end), Set.of(), null), MOST_RESULTS, 0);
        return EvidenceView.of(found, locations::of);
    }
}
