package io.healthchecker.api.feed;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.State;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a team's services are at one instant, together with the newest event of that instant. */
final class Snapshots {
    // one statement sees one instant: states and counter change in the same transactions
    private static final String ALL = """
            SELECT c.last_id, st.service_id, st.state, st.since, st.reason, st.transition_seq
              FROM event_counter AS c
              LEFT JOIN (service AS s JOIN service_state AS st ON st.service_id = s.id)
                ON s.team_id = :teamId AND s.deleted_at IS NULL
                   AND (CAST(:ids AS bigint[]) IS NULL OR s.id = ANY(:ids))
             ORDER BY st.service_id
            """;

    private static final String OF_TEAM = """
            SELECT id FROM service WHERE team_id = :teamId AND id = ANY(:ids) AND deleted_at IS NULL ORDER BY id
            """;

    private final JdbcClient jdbc;

    Snapshots(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** True up to the event with that id. */
    record Snapshot(long eventId, List<ServiceNow> services) {}

    Snapshot of(int teamId, @Nullable Set<Long> serviceIds) {
        List<ServiceNow> services = new ArrayList<>();
        long[] eventId = new long[1];
        jdbc.sql(ALL)
                .param("teamId", teamId)
                .param("ids", serviceIds == null ? null : serviceIds.toArray(Long[]::new))
                .query(row -> {
                    eventId[0] = row.getLong("last_id");
                    long id = row.getLong("service_id");
                    if (!row.wasNull()) {
                        services.add(new ServiceNow(
                                id,
                                State.of(row.getInt("state")),
                                row.getObject("since", OffsetDateTime.class).toInstant(),
                                Reason.of(row.getInt("reason")),
                                row.getLong("transition_seq")));
                    }
                });
        return new Snapshot(eventId[0], services);
    }

    List<Long> ofTeam(int teamId, Set<Long> serviceIds) {
        return jdbc.sql(OF_TEAM)
                .param("teamId", teamId)
                .param("ids", serviceIds.toArray(Long[]::new))
                .query((row, number) -> row.getLong("id"))
                .list();
    }
}
