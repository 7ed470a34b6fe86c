package io.healthchecker.api.incident;

import io.healthchecker.api.list.Cursor;
import io.healthchecker.api.list.ListView;
import io.healthchecker.api.list.Window;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.incident.Incident;
import io.healthchecker.core.incident.IncidentTable;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.time.Ticker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Incidents of one team, as they are shown. */
final class Incidents {
    private final IncidentTable incidents;
    private final ServiceTable services;
    private final Ticker ticker;

    Incidents(JdbcClient jdbc, Ticker ticker) {
        this.ticker = ticker;
        this.incidents = new IncidentTable(jdbc);
        this.services = new ServiceTable(jdbc);
    }

    /** Newest first; null does not filter. */
    ListView<IncidentView> list(int teamId, @Nullable Long serviceId, @Nullable Boolean open, Window window) {
        long before = window.cursor() == null ? Long.MAX_VALUE : window.cursor().number(0);
        List<Incident> found = incidents.before(teamId, before, serviceId, open, window.limit());
        String next = found.size() < window.limit()
                ? null
                : Cursor.of(found.getLast().id()).text();
        return ListView.window(views(found), next);
    }

    /** @throws ProblemException if a team has no such incident */
    IncidentView find(int teamId, long id) {
        return views(List.of(stored(teamId, id))).getFirst();
    }

    /** @throws ProblemException if a team has no such incident */
    Incident stored(int teamId, long id) {
        return incidents
                .find(teamId, id)
                .orElseThrow(() -> ProblemException.notFound("there is no incident %d in this team".formatted(id)));
    }

    /** Name of the service that an incident is of. */
    String service(Incident incident) {
        return services.names(List.of(incident.serviceId())).getOrDefault(incident.serviceId(), "");
    }

    /** @throws ProblemException if a team neither has nor had such a service */
    void refuseUnknown(int teamId, long serviceId) {
        if (!services.belongs(teamId, serviceId)) {
            throw ProblemException.notFound("there is no service %d in this team".formatted(serviceId));
        }
    }

    private List<IncidentView> views(List<Incident> found) {
        Map<Long, String> names =
                services.names(found.stream().map(Incident::serviceId).toList());
        Instant now = Instant.ofEpochMilli(ticker.epochMillis());
        return found.stream()
                .map(incident -> IncidentView.of(incident, names.getOrDefault(incident.serviceId(), ""), now))
                .toList();
    }
}
