package io.healthchecker.core.verdict;

import io.healthchecker.core.check.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code transition}, append-only. */
public final class TransitionTable {
    private static final String INSERT = """
            INSERT INTO transition (service_id, seq, team_id, from_state, to_state, slot, reason, detail, event_id, at)
            SELECT * FROM unnest(:serviceIds, :seqs, :teamIds, :froms, :tos, :slots, :reasons, :details, :eventIds,
                                 :ats::timestamptz[])
            """;

    private static final String PAGE = """
            SELECT * FROM transition
             WHERE service_id = :serviceId AND seq < :before
             ORDER BY seq DESC
             LIMIT :limit
            """;

    private static final String SINCE = """
            SELECT * FROM transition
             WHERE service_id = ANY(:ids) AND at >= :from
             ORDER BY service_id, seq
             LIMIT :limit
            """;

    private static final String ONE_EACH = """
            SELECT t.* FROM unnest(:ids, :seqs) AS wanted (service_id, seq) JOIN transition AS t USING (service_id, seq)
            """;

    private final JdbcClient jdbc;

    public TransitionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void insert(List<Transition> transitions) {
        jdbc.sql(INSERT)
                .param(
                        "serviceIds",
                        transitions.stream().map(Transition::serviceId).toArray(Long[]::new))
                .param("seqs", transitions.stream().map(Transition::seq).toArray(Long[]::new))
                .param("teamIds", transitions.stream().map(Transition::teamId).toArray(Integer[]::new))
                .param(
                        "froms",
                        transitions.stream().map(t -> (short) t.from().code()).toArray(Short[]::new))
                .param(
                        "tos",
                        transitions.stream().map(t -> (short) t.to().code()).toArray(Short[]::new))
                .param("slots", transitions.stream().map(Transition::slot).toArray(Long[]::new))
                .param(
                        "reasons",
                        transitions.stream().map(t -> (short) t.reason().code()).toArray(Short[]::new))
                .param("details", transitions.stream().map(Transition::detail).toArray(String[]::new))
                .param("eventIds", transitions.stream().map(Transition::eventId).toArray(Long[]::new))
                .param("ats", transitions.stream().map(t -> t.at().toString()).toArray(String[]::new))
                .update();
    }

    /** The newest transitions of a service below a number, newest first. */
    public List<Transition> before(long serviceId, long seq, int limit) {
        return jdbc.sql(PAGE)
                .param("serviceId", serviceId)
                .param("before", seq)
                .param("limit", limit)
                .query(TransitionTable::read)
                .list();
    }

    /** The transitions of some services from an instant on, by service and seq, at most so many. */
    public List<Transition> since(Collection<Long> serviceIds, Instant from, int limit) {
        return jdbc.sql(SINCE)
                .param("ids", serviceIds.toArray(Long[]::new))
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query(TransitionTable::read)
                .list();
    }

    /** One transition of each of some services, by its seq; nothing for those that are no more. */
    public List<Transition> find(Map<Long, Long> seqs) {
        return jdbc.sql(ONE_EACH)
                .param("ids", seqs.keySet().toArray(Long[]::new))
                .param("seqs", seqs.values().toArray(Long[]::new))
                .query(TransitionTable::read)
                .list();
    }

    private static Transition read(ResultSet row, int number) throws SQLException {
        return new Transition(
                row.getLong("service_id"),
                row.getLong("seq"),
                row.getInt("team_id"),
                State.of(row.getInt("from_state")),
                State.of(row.getInt("to_state")),
                row.getLong("slot"),
                Reason.of(row.getInt("reason")),
                row.getString("detail"),
                row.getLong("event_id"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
