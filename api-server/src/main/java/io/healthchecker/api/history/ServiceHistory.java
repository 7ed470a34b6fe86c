package io.healthchecker.api.history;

import io.healthchecker.api.list.Cursor;
import io.healthchecker.api.list.ListView;
import io.healthchecker.api.list.Window;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.check.GapTable;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.RecordedGap;
import io.healthchecker.core.check.ResultQuery;
import io.healthchecker.core.job.JobKey;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.verdict.Transition;
import io.healthchecker.core.verdict.TransitionTable;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is stored of a service's past, as it is shown. A deleted service keeps it. */
final class ServiceHistory {
    private final ServiceTable services;
    private final CheckResultTable results;
    private final GapTable gaps;
    private final TransitionTable transitions;
    private final LocationNames locations;

    ServiceHistory(JdbcClient jdbc, LocationNames locations) {
        this.services = new ServiceTable(jdbc);
        this.results = new CheckResultTable(jdbc);
        this.gaps = new GapTable(jdbc);
        this.transitions = new TransitionTable(jdbc);
        this.locations = locations;
    }

    /** @throws ProblemException if a team neither has nor had such a service */
    void refuseUnknown(int teamId, long serviceId) {
        if (!services.belongs(teamId, serviceId)) {
            throw ProblemException.notFound("there is no service %d in this team".formatted(serviceId));
        }
    }

    ListView<ResultView> results(long serviceId, SlotRange range, Set<Outcome> outcomes, Window window) {
        JobKey after = window.cursor() == null ? null : place(serviceId, window.cursor());
        var query = new ResultQuery(serviceId, range.from(), range.to(), outcomes, after);
        List<CheckResult> found = results.select(query, window.limit() + 1, window.offset());
        List<CheckResult> shown = found.subList(0, Math.min(found.size(), window.limit()));
        JobKey last = found.size() > shown.size() ? shown.getLast().job().key() : null;
        return new ListView<>(
                shown.stream().map(this::view).toList(),
                last == null ? null : Cursor.of(last.slot(), last.locationId()).text(),
                window.page() == null ? null : results.count(query),
                null);
    }

    ResultView result(long serviceId, long slot, String location) {
        return locations
                .idOf(location)
                .flatMap(id -> results.find(new JobKey(serviceId, slot, id)))
                .map(this::view)
                .orElseThrow(() -> ProblemException.notFound(
                        "service %d has no result for slot %d at this location".formatted(serviceId, slot)));
    }

    ListView<TransitionView> transitions(long serviceId, Window window) {
        long before = window.cursor() == null ? Long.MAX_VALUE : window.cursor().number(0);
        List<Transition> found = transitions.before(serviceId, before, window.limit());
        Cursor next =
                found.size() < window.limit() ? null : Cursor.of(found.getLast().seq());
        return ListView.window(found.stream().map(TransitionView::of).toList(), next == null ? null : next.text());
    }

    ListView<GapView> gaps(long serviceId, SlotRange range, Window window) {
        JobKey after = window.cursor() == null ? null : place(serviceId, window.cursor());
        List<RecordedGap> found = gaps.select(serviceId, range.from(), range.to(), after, window.limit());
        RecordedGap last = found.size() < window.limit() ? null : found.getLast();
        return ListView.window(
                found.stream()
                        .map(gap -> GapView.of(gap, locations.of(gap.locationId())))
                        .toList(),
                last == null
                        ? null
                        : Cursor.of(last.gap().fromSlot(), last.locationId()).text());
    }

    /** @throws ProblemException if there is no such location */
    int locationId(String name) {
        return locations
                .idOf(name)
                .orElseThrow(() -> ProblemException.badParameter(
                        "location", "location is \"%s\"; there is none of that name".formatted(shorten(name))));
    }

    private ResultView view(CheckResult result) {
        return ResultView.of(result, locations.of(result.job().locationId()));
    }

    private static JobKey place(long serviceId, Cursor cursor) {
        return new JobKey(serviceId, cursor.number(0), Math.toIntExact(Math.clamp(cursor.number(1), 0, 32_767)));
    }

    private static String shorten(@Nullable String name) {
        return name == null || name.length() <= 40 ? String.valueOf(name) : name.substring(0, 40) + "…";
    }
}
