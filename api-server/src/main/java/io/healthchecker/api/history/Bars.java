package io.healthchecker.api.history;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.history.Days;
import io.healthchecker.core.history.StateLine;
import io.healthchecker.core.history.StateLine.Turn;
import io.healthchecker.core.history.Window;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.core.verdict.State;
import io.healthchecker.core.verdict.Transition;
import io.healthchecker.core.verdict.TransitionTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What some services of a team were, read from their transitions: the cost follows what happened, not what was checked. */
public final class Bars {
    private static final int MOST_TRANSITIONS = 100_000;

    private static final String NOW = """
            SELECT s.id, s.created_at, st.state, st.transition_seq,
                   coalesce((s.definition ->> 'periodSeconds')::int, 60) AS period,
                   s.definition -> 'heartbeat' IS NOT NULL AS reports
              FROM service AS s JOIN service_state AS st ON st.service_id = s.id
             WHERE s.team_id = :teamId AND s.id = ANY(:ids) AND s.deleted_at IS NULL
             ORDER BY s.id
            """;

    // a service that is made together with its workers is not Unknown while these start
    private static final long SHORT_WAIT_MILLIS = 300_000;
    private static final long PERIODS = 3; // of silence make a service Unknown, as in LocationVerdictTable

    private final JdbcClient jdbc;
    private final TransitionTable transitions;
    private final Ticker ticker;

    public Bars(JdbcClient jdbc, Ticker ticker) {
        this.jdbc = jdbc;
        this.transitions = new TransitionTable(jdbc);
        this.ticker = ticker;
    }

    private record Now(long id, Instant createdAt, State state, long seq, long patienceMillis) {}

    /** Those of some services that live in a team, for equal parts of a time before now; others are left out. */
    public BarsView of(int teamId, Collection<Long> ids, long millis, int buckets) {
        long now = ticker.epochMillis();
        return view(new Window(now - millis, now).parts(buckets), null, teamId, ids, now);
    }

    /** The same for calendar days of a time zone, the last of which is today. */
    public BarsView ofDays(int teamId, Collection<Long> ids, ZoneId zone, int days) {
        long now = ticker.epochMillis();
        List<Window> parts = Days.upTo(Instant.ofEpochMilli(now), zone, days);
        List<Instant> starts = parts.stream()
                .map(part -> Instant.ofEpochMilli(part.fromMillis()))
                .toList();
        return view(parts, starts, teamId, ids, now);
    }

    private BarsView view(
            List<Window> parts, @Nullable List<Instant> starts, int teamId, Collection<Long> ids, long now) {
        Instant from = Instant.ofEpochMilli(parts.getFirst().fromMillis());
        Map<String, String> bars = new LinkedHashMap<>();
        lines(teamId, ids, from, now).forEach((id, line) -> bars.put(Long.toString(id), line.letters(parts)));
        return new BarsView(
                from,
                Instant.ofEpochMilli(parts.getLast().toMillis()),
                parts.getFirst().millis() / 1e3,
                starts,
                bars);
    }

    /** What each was, one state after the other, from an instant until now, epoch milliseconds; in the order of their ids. */
    public Map<Long, StateLine> lines(int teamId, Collection<Long> ids, Instant from, long now) {
        List<Now> services = jdbc.sql(NOW)
                .param("teamId", teamId)
                .param("ids", ids.toArray(Long[]::new))
                .query(Bars::now)
                .list();
        Map<Long, List<Transition>> turned = new HashMap<>();
        List<Long> found = services.stream().map(Now::id).toList();
        transitions
                .since(found, from, MOST_TRANSITIONS)
                .forEach(transition -> turned.computeIfAbsent(transition.serviceId(), _ -> new ArrayList<>())
                        .add(transition));
        beginnings(services, turned)
                .forEach(begin -> turned.computeIfAbsent(begin.serviceId(), _ -> new ArrayList<>())
                        .addFirst(begin));
        Map<Long, StateLine> lines = new LinkedHashMap<>();
        for (Now service : services) {
            List<Transition> turns = turned.getOrDefault(service.id(), List.of());
            lines.put(service.id(), line(service, turns).withoutWaits(service.patienceMillis(), now));
        }
        return lines;
    }

    /** When and why those became Unknown that were so as the window began: it may be a wait that ended in it. */
    private List<Transition> beginnings(List<Now> services, Map<Long, List<Transition>> turned) {
        Map<Long, Long> seqs = new HashMap<>();
        for (Now service : services) {
            List<Transition> turns = turned.getOrDefault(service.id(), List.of());
            State first = turns.isEmpty() ? service.state() : turns.getFirst().from();
            long seq = turns.isEmpty() ? service.seq() : turns.getFirst().seq() - 1;
            if (first == State.UNKNOWN && seq > 0) {
                seqs.put(service.id(), seq);
            }
        }
        return seqs.isEmpty() ? List.of() : transitions.find(seqs);
    }

    private static Now now(ResultSet row, int number) throws SQLException {
        // what reports by itself owes nothing before its first report
        long patience = row.getBoolean("reports")
                ? Long.MAX_VALUE
                : Math.max(SHORT_WAIT_MILLIS, PERIODS * 1_000 * row.getLong("period"));
        return new Now(
                row.getLong("id"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                State.of(row.getInt("state")),
                row.getLong("transition_seq"),
                patience);
    }

    private static StateLine line(Now service, List<Transition> turns) {
        return new StateLine(
                service.createdAt().toEpochMilli(),
                turns.isEmpty() ? service.state() : turns.getFirst().from(),
                turns.stream()
                        .map(turn -> new Turn(turn.at().toEpochMilli(), turn.to(), turn.reason() == Reason.RESUMED))
                        .toList());
    }
}
