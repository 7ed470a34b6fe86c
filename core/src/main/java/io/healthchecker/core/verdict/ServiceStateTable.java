package io.healthchecker.core.verdict;

import io.healthchecker.core.check.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code service_state}. A deleted service has no row. */
public final class ServiceStateTable {
    private static final String INSERT = """
            INSERT INTO service_state (service_id, state, known, since, reason)
            VALUES (:serviceId, :state, :known, clock_timestamp(), :reason)
            """;

    private static final String SELECT = """
            SELECT st.*, s.team_id FROM service_state AS st JOIN service AS s ON s.id = st.service_id
             WHERE st.service_id = ANY(:ids)
             ORDER BY st.service_id
            """;

    // in id order, so that two writers of the same services wait for each other instead of deadlocking
    private static final String LOCK = SELECT + " FOR NO KEY UPDATE OF st";

    // the same lock without what only a change needs
    private static final String LOCK_STATES = """
            SELECT service_id, state FROM service_state WHERE service_id = ANY(:ids) ORDER BY service_id FOR NO KEY UPDATE
            """;

    private static final String UPDATE = """
            UPDATE service_state AS st
               SET state = n.state, known = n.known, since = n.since, transition_seq = n.transition_seq,
                   reason = n.reason, detail = n.detail, incident_id = n.incident_id
              FROM unnest(:ids, :states, :knowns, :sinces::timestamptz[], :seqs, :reasons, :details, :incidents)
                   AS n (service_id, state, known, since, transition_seq, reason, detail, incident_id)
             WHERE st.service_id = n.service_id
            """;

    private final JdbcClient jdbc;

    public ServiceStateTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The first state of a new service. */
    public void insert(long serviceId, State state, Reason reason) {
        jdbc.sql(INSERT)
                .param("serviceId", serviceId)
                .param("state", state.code())
                .param("known", State.UNKNOWN.code())
                .param("reason", reason.code())
                .update();
    }

    public Optional<ServiceState> find(long serviceId) {
        return find(List.of(serviceId)).stream().findFirst();
    }

    /** The states of some services, by id. */
    public List<ServiceState> find(Collection<Long> ids) {
        return select(SELECT, ids);
    }

    /** The states of some services, by id, locked until the transaction ends. */
    public List<ServiceState> lock(Collection<Long> ids) {
        return select(LOCK, ids);
    }

    /** What some services are, by id, locked until the transaction ends: the cheap form of {@link #lock}. */
    public Map<Long, State> lockStates(Collection<Long> ids) {
        Map<Long, State> states = new HashMap<>(ids.size() * 2);
        jdbc.sql(LOCK_STATES)
                .param("ids", ids.stream().mapToLong(Long::longValue).toArray())
                .query(row -> {
                    states.put(row.getLong(1), State.of(row.getInt(2)));
                });
        return states;
    }

    private List<ServiceState> select(String sql, Collection<Long> ids) {
        return jdbc.sql(sql)
                .param("ids", ids.toArray(Long[]::new))
                .query(ServiceStateTable::read)
                .list();
    }

    /** Writes states that were locked before. */
    public void update(List<ServiceState> states) {
        jdbc.sql(UPDATE)
                .param("ids", states.stream().map(ServiceState::serviceId).toArray(Long[]::new))
                .param(
                        "states",
                        states.stream().map(s -> (short) s.state().code()).toArray(Short[]::new))
                .param(
                        "knowns",
                        states.stream().map(s -> (short) s.known().code()).toArray(Short[]::new))
                .param("sinces", states.stream().map(s -> s.since().toString()).toArray(String[]::new))
                .param("seqs", states.stream().map(ServiceState::transitionSeq).toArray(Long[]::new))
                .param(
                        "reasons",
                        states.stream().map(s -> (short) s.reason().code()).toArray(Short[]::new))
                .param("details", states.stream().map(ServiceState::detail).toArray(String[]::new))
                .param(
                        "incidents",
                        states.stream().map(ServiceState::incidentId).toArray(Long[]::new))
                .update();
    }

    public void delete(long serviceId) {
        jdbc.sql("DELETE FROM service_state WHERE service_id = :id")
                .param("id", serviceId)
                .update();
    }

    /** Reads a row of {@code SELECT service_state.*, service.team_id}. */
    public static ServiceState read(ResultSet row, int number) throws SQLException {
        long incident = row.getLong("incident_id");
        boolean noIncident = row.wasNull();
        return new ServiceState(
                row.getLong("service_id"),
                row.getInt("team_id"),
                State.of(row.getInt("state")),
                State.of(row.getInt("known")),
                row.getObject("since", OffsetDateTime.class)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toInstant(),
                row.getLong("transition_seq"),
                Reason.of(row.getInt("reason")),
                row.getString("detail"),
                noIncident ? null : incident);
    }
}
