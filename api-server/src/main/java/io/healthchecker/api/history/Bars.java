package io.healthchecker.api.history;

import io.healthchecker.core.history.StateLine;
import io.healthchecker.core.history.StateLine.Turn;
import io.healthchecker.core.history.Window;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import io.healthchecker.core.verdict.Transition;
import io.healthchecker.core.verdict.TransitionTable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What some services of a team were, read from their transitions: the cost follows what happened, not what was checked. */
public final class Bars {
    private static final int MOST_TRANSITIONS = 100_000;

    private static final String NOW = """
            SELECT s.id, s.created_at, st.state
              FROM service AS s JOIN service_state AS st ON st.service_id = s.id
             WHERE s.team_id = :teamId AND s.id = ANY(:ids) AND s.deleted_at IS NULL
             ORDER BY s.id
            """;

    private final JdbcClient jdbc;
    private final TransitionTable transitions;
    private final Ticker ticker;

    public Bars(JdbcClient jdbc, Ticker ticker) {
        this.jdbc = jdbc;
        this.transitions = new TransitionTable(jdbc);
        this.ticker = ticker;
    }

    private record Now(long id, Instant createdAt, State state) {}

    /** Those of some services that live in a team, for so long before now; others are left out. */
    public BarsView of(int teamId, Collection<Long> ids, long millis, int buckets) {
        long to = ticker.epochMillis();
        Window window = new Window(to - millis, to);
        List<Now> services = jdbc.sql(NOW)
                .param("teamId", teamId)
                .param("ids", ids.toArray(Long[]::new))
                .query((row, number) -> new Now(
                        row.getLong("id"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        State.of(row.getInt("state"))))
                .list();
        Map<Long, List<Transition>> turned = new HashMap<>();
        List<Long> found = services.stream().map(Now::id).toList();
        transitions
                .since(found, Instant.ofEpochMilli(window.fromMillis()), MOST_TRANSITIONS)
                .forEach(transition -> turned.computeIfAbsent(transition.serviceId(), _ -> new ArrayList<>())
                        .add(transition));
        Map<String, String> bars = new LinkedHashMap<>();
        for (Now service : services) {
            List<Transition> turns = turned.getOrDefault(service.id(), List.of());
            bars.put(Long.toString(service.id()), line(service, turns).letters(window, buckets));
        }
        return new BarsView(
                Instant.ofEpochMilli(window.fromMillis()), Instant.ofEpochMilli(to), millis / 1e3 / buckets, bars);
    }

    private static StateLine line(Now service, List<Transition> turns) {
        return new StateLine(
                service.createdAt().toEpochMilli(),
                turns.isEmpty() ? service.state() : turns.getFirst().from(),
                turns.stream()
                        .map(turn -> new Turn(turn.at().toEpochMilli(), turn.to()))
                        .toList());
    }
}
