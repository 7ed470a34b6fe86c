package io.healthchecker.api.incident;

import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.feed.Event;
import io.healthchecker.core.feed.NewEvent;
import io.healthchecker.core.incident.Incident;
import io.healthchecker.core.incident.IncidentNote;
import io.healthchecker.core.incident.IncidentNote.Kind;
import io.healthchecker.core.incident.IncidentNoteTable;
import io.healthchecker.core.incident.IncidentTable;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.transition.TransitionLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What people do about an incident: each act, its note and its event in one transaction. */
final class IncidentResponse {
    private static final int LONGEST_NOTE = 10_000;
    private static final Duration LONGEST_MUTE = Duration.ofDays(366);

    private final TransactionTemplate transaction;
    private final Incidents incidents;
    private final IncidentTable table;
    private final IncidentNoteTable notes;
    private final TransitionLog log;
    private final Ticker ticker;

    IncidentResponse(JdbcClient jdbc, PlatformTransactionManager transactions, Incidents incidents, Ticker ticker) {
        this.transaction = new TransactionTemplate(transactions);
        this.incidents = incidents;
        this.table = new IncidentTable(jdbc);
        this.notes = new IncidentNoteTable(jdbc);
        this.log = new TransitionLog(jdbc, ticker);
        this.ticker = ticker;
    }

    /** Says that somebody has an incident in hand; a second time replaces the first. */
    void acknowledge(Principal principal, long id, @Nullable String note, @Nullable Instant until) {
        String text = note == null ? "" : readable("note", note);
        Instant now = Instant.ofEpochMilli(ticker.epochMillis());
        if (until != null && (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_MUTE)))) {
            throw ProblemException.invalid(
                    "until", "until is %s; it must lie in the future, within a year".formatted(until));
        }
        Incident incident = incidents.stored(principal.teamId(), id);
        transaction.executeWithoutResult(status -> {
            if (!table.acknowledge(id, principal.email(), until, text.isEmpty() ? null : text)) {
                throw ProblemException.conflict("incident %d is over; there is nothing to acknowledge".formatted(id));
            }
            notes.insert(id, Kind.ACKNOWLEDGED, principal.email(), text, false, until);
            tell(
                    incident,
                    new Event.IncidentAcknowledged(
                            id, incidents.service(incident), principal.email(), until, text.isEmpty() ? null : text));
        });
    }

    /** Takes an acknowledgement back, if there is one. */
    void unacknowledge(Principal principal, long id) {
        Incident incident = incidents.stored(principal.teamId(), id);
        transaction.executeWithoutResult(status -> {
            if (table.unacknowledge(id)) {
                notes.insert(id, Kind.UNACKNOWLEDGED, principal.email(), "", false, null);
                tell(incident, new Event.IncidentUnacknowledged(id, incidents.service(incident), principal.email()));
            }
        });
    }

    IncidentNote note(Principal principal, long id, @Nullable String text, boolean shared) {
        if (text == null || text.isBlank()) {
            throw ProblemException.invalid("text", "text is missing; it is required");
        }
        String readable = readable("text", text);
        Incident incident = incidents.stored(principal.teamId(), id);
        return transaction.execute(status -> {
            IncidentNote note = notes.insert(id, Kind.NOTE, principal.email(), readable, shared, null);
            tell(incident, new Event.IncidentNoted(id, incidents.service(incident), note.id(), principal.email()));
            return note;
        });
    }

    /** Notes with ids above one, oldest first. */
    List<IncidentNote> notes(int teamId, long id, long after, int limit) {
        return notes.notes(incidents.stored(teamId, id).id(), after, limit);
    }

    private void tell(Incident incident, Event event) {
        log.record(List.of(), List.of(new NewEvent(incident.teamId(), incident.serviceId(), event)));
    }

    private static String readable(String field, String text) {
        if (text.length() > LONGEST_NOTE || text.indexOf('\0') >= 0) {
            throw ProblemException.invalid(
                    field,
                    "%s has %d characters; it may have %d, and no NUL".formatted(field, text.length(), LONGEST_NOTE));
        }
        return text.strip();
    }
}
