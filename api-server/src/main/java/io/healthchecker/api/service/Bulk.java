package io.healthchecker.api.service;

import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.find.ServiceFilter;
import io.healthchecker.api.list.Window;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Changes many services, one after the other: what fails is told, and hinders none of the others. */
final class Bulk {
    /** How many services one request may change before it is answered. */
    static final int MOST_AT_ONCE = 1_000;

    private static final int MOST = 25_000;

    private final ServiceListTable table;
    private final Ticker ticker;

    Bulk(ServiceListTable table, Ticker ticker) {
        this.table = table;
        this.ticker = ticker;
    }

    /** A service that was not changed, and why. */
    record Left(long id, String name, String why) {}

    /** What came of it: {@code leftOut} belongs to another source, {@code failed} could not be changed. */
    record Outcome(int matched, List<Long> changed, List<Left> leftOut, List<Left> failed) {}

    /**
     * What a filter finds.
     *
     * @param filter as in the address of the list
     * @param expected how many the caller believes that it finds
     * @throws ProblemException if it finds more or fewer, or too many
     */
    List<Service> find(Principal principal, String filter, int expected) {
        List<Service> found = find(principal.teamId(), filter);
        if (found.size() != expected) {
            throw ProblemException.conflict(
                    "expectedCount",
                    "%d services match by now, not %d; look at them again".formatted(found.size(), expected));
        }
        return found;
    }

    /** Changes each of some services. */
    Outcome apply(List<Service> found, Consumer<Service> change) {
        List<Long> changed = new ArrayList<>();
        List<Left> leftOut = new ArrayList<>();
        List<Left> failed = new ArrayList<>();
        for (Service service : found) {
            if (service.source() != Source.REST) {
                leftOut.add(new Left(service.id(), service.name(), String.valueOf(service.owner())));
                continue;
            }
            try {
                change.accept(service);
                changed.add(service.id());
            } catch (ProblemException problem) {
                failed.add(new Left(service.id(), service.name(), problem.detail()));
            }
        }
        return new Outcome(found.size(), changed, leftOut, failed);
    }

    private List<Service> find(int teamId, String filter) {
        ServiceFilter wanted = ServiceFilter.of(parameters(filter));
        if (!wanted.ignored().isEmpty()) {
            throw ProblemException.invalid(
                    "filter", "filter has " + wanted.ignored().getFirst());
        }
        List<Service> found = new ArrayList<>();
        Window window = Window.of(Window.MAX_LIMIT, null, null);
        while (true) {
            var rows = table.list(teamId, wanted, window, ticker.epochMillis());
            rows.rows().forEach(row -> found.add(row.service()));
            if (found.size() > MOST) {
                throw ProblemException.invalid(
                        "filter", "filter finds more than %d services; change fewer at a time".formatted(MOST));
            }
            if (rows.next() == null) {
                return found;
            }
            window = new Window(Window.MAX_LIMIT, rows.next(), null);
        }
    }

    private static Map<String, List<String>> parameters(String filter) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        UriComponentsBuilder.newInstance()
                .query(filter)
                .build()
                .getQueryParams()
                .forEach((name, values) -> {
                    if (!name.equals("sort")) {
                        parameters.put(
                                name,
                                values.stream()
                                        .map(value ->
                                                value == null ? "" : UriUtils.decode(value, StandardCharsets.UTF_8))
                                        .toList());
                    }
                });
        return parameters;
    }
}
