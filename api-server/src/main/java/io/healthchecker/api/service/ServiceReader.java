package io.healthchecker.api.service;

import io.healthchecker.api.find.DayTable;
import io.healthchecker.api.find.KeptRows;
import io.healthchecker.api.find.ServiceFilter;
import io.healthchecker.api.find.ServiceOrder;
import io.healthchecker.api.find.ServiceRow;
import io.healthchecker.api.find.ServiceRow.Day;
import io.healthchecker.api.find.TeamRows;
import io.healthchecker.api.list.Cursor;
import io.healthchecker.api.list.ListView;
import io.healthchecker.api.list.Window;
import io.healthchecker.core.check.CertificateTable;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.schedule.Cadence;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.LocationVerdictTable;
import io.healthchecker.core.verdict.ServiceVerdict;
import io.healthchecker.core.verdict.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Services of one team as they are shown. */
final class ServiceReader {
    private final ServiceListTable services;
    private final LocationVerdictTable verdicts;
    private final CheckResultTable results;
    private final CertificateTable certificates;
    private final DayTable days;
    private final KeptRows kept;
    private final Ticker ticker;

    ServiceReader(JdbcClient jdbc, KeptRows kept, Ticker ticker) {
        this.kept = kept;
        this.services = new ServiceListTable(jdbc);
        this.verdicts = new LocationVerdictTable(jdbc);
        this.results = new CheckResultTable(jdbc);
        this.certificates = new CertificateTable(jdbc);
        this.days = new DayTable(jdbc);
        this.ticker = ticker;
    }

    /** A service, if it lives in that team. */
    ServiceView find(int teamId, long id) {
        return services.find(teamId, id)
                .map(row -> views(List.of(row), days.of(List.of(id), ticker.epochMillis()))
                        .getFirst()
                        .with(checks(row)))
                .orElseThrow(() -> Services.unknown(id));
    }

    private ServiceView.Checks checks(ServiceListTable.Row row) {
        long id = row.service().id();
        State state = row.state().state();
        boolean waits = state != State.SUSPENDED && row.service().definition().heartbeat() == null;
        Cadence cadence = Cadence.of(id, row.service().definition().periodMillis());
        var locations = verdicts.find(List.of(id))
                .getOrDefault(id, ServiceVerdict.NONE)
                .locations()
                .values();
        return new ServiceView.Checks(
                waits ? Instant.ofEpochMilli(cadence.slotAfter(ticker.epochMillis())) : null,
                (int) locations.stream().filter(at -> at.state() == state).count(),
                (int) locations.stream()
                        .filter(at -> at.state() != State.UNKNOWN)
                        .count(),
                certificates.earliest(List.of(id)).get(id));
    }

    ListView<ServiceView> list(int teamId, ServiceFilter filter, Window window) {
        return rows(teamId, filter)
                .map(rows -> inMemory(teamId, rows.window(filter, window), filter, window))
                .orElseGet(() -> stored(teamId, filter, window));
    }

    private Optional<TeamRows> rows(int teamId, ServiceFilter filter) {
        if (filter.order().isOfTheDay()) {
            return kept.of(teamId);
        }
        return filter.isTrivial() ? Optional.empty() : kept.atHand(teamId);
    }

    private ListView<ServiceView> inMemory(int teamId, TeamRows.Found found, ServiceFilter filter, Window window) {
        Map<Long, Day> days = new HashMap<>();
        found.rows().forEach(row -> days.put(row.id(), row.day()));
        List<Long> ids = found.rows().stream().map(ServiceRow::id).toList();
        return new ListView<>(
                views(services.find(teamId, ids), days),
                text(found.next()),
                window.page() == null ? null : found.total(),
                told(filter.ignored()));
    }

    private ListView<ServiceView> stored(int teamId, ServiceFilter filter, Window window) {
        long now = ticker.epochMillis();
        var rows = services.list(teamId, filter, window, now);
        List<String> ignored = new ArrayList<>(filter.ignored());
        if (filter.order().isOfTheDay()) {
            ignored.add("sort=%s: the team has too many services for that; it must be %s"
                    .formatted(filter.order().word(), ServiceOrder.STORED_WORDS));
        }
        List<Long> ids = rows.rows().stream().map(row -> row.service().id()).toList();
        return new ListView<>(
                views(rows.rows(), days.of(ids, now)),
                text(rows.next()),
                window.page() == null ? null : services.count(teamId, filter, now),
                told(ignored));
    }

    private static @Nullable String text(@Nullable Cursor next) {
        return next == null ? null : next.text();
    }

    private static @Nullable List<String> told(List<String> ignored) {
        return ignored.isEmpty() ? null : ignored;
    }

    private List<ServiceView> views(List<ServiceListTable.Row> rows, Map<Long, Day> days) {
        List<Long> ids = rows.stream().map(row -> row.service().id()).toList();
        Map<Long, ServiceVerdict> byVerdict = verdicts.find(ids);
        Map<Long, CheckResult> latest = results.latest(ids);
        long now = ticker.epochMillis();
        return rows.stream()
                .map(row -> {
                    long id = row.service().id();
                    var flags = Flags.of(row.service(), row.state(), byVerdict.get(id), latest.get(id), now);
                    return ServiceView.of(row.service(), row.state(), flags, latest.get(id), days.get(id));
                })
                .toList();
    }
}
