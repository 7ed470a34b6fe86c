package io.healthchecker.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * What must hold of the stored data at any time, asked in SQL that knows nothing of the product's own code. Each answer
 * lists what is wrong; an empty list is right.
 */
public final class Invariants {
    private static final String HOLES = """
            WITH era AS (
                SELECT service_id, period_ms, phase_ms, active, greatest(effective_ms, ?) AS from_ms,
                       least(?, coalesce(min(effective_ms) OVER (PARTITION BY service_id ORDER BY seq
                                             ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING), ?)) AS to_ms
                  FROM service_change
            ), expected AS (
                SELECT service_id, slot
                  FROM era, generate_series(from_ms + mod(mod(phase_ms - from_ms, period_ms) + period_ms, period_ms),
                                            to_ms - 1, period_ms) AS slot
                 WHERE active AND from_ms < to_ms
            )
            SELECT service_id || ' at ' || slot
              FROM expected AS e
             WHERE NOT EXISTS (SELECT FROM check_result AS r WHERE r.service_id = e.service_id AND r.slot = e.slot)
               AND NOT EXISTS (SELECT FROM gap AS g
                                WHERE g.service_id = e.service_id AND e.slot BETWEEN g.from_slot AND g.to_slot)
             ORDER BY e.service_id, e.slot
            """;

    private static final String DUPLICATES = """
            SELECT service_id || ' at ' || slot || ' from ' || location_id || ': ' || count(*)
              FROM check_result GROUP BY service_id, slot, location_id HAVING count(*) > 1
            """;

    private static final String TRANSITIONS = """
            SELECT service_id || ' #' || seq || ': ' || from_state || ' -> ' || to_state
              FROM (SELECT service_id, seq, from_state, to_state,
                           row_number() OVER w AS number, lag(to_state) OVER w AS before
                      FROM transition WINDOW w AS (PARTITION BY service_id ORDER BY seq)) AS t
             WHERE seq <> number OR from_state = to_state OR from_state <> coalesce(before, from_state)
            """;

    private static final String EVENTS = """
            SELECT 'event ' || id
              FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM event) AS e
             WHERE id <> number
            UNION ALL
            SELECT 'counter is ' || last_id FROM event_counter WHERE last_id <> (SELECT count(*) FROM event)
            """;

    private static final String TOLD = """
            SELECT t.service_id || ' #' || t.seq || ' has no event ' || t.event_id
              FROM transition AS t
             WHERE NOT EXISTS (SELECT FROM event AS e WHERE e.id = t.event_id AND e.service_id = t.service_id
                                  AND e.kind = 'state.changed' AND (e.payload ->> 'seq')::bigint = t.seq)
            """;

    private final DataSource database;

    public Invariants(DataSource database) {
        this.database = database;
    }

    /** Slots of active services in [from, to), epoch milliseconds, that are neither a result nor inside a gap. */
    public List<String> holes(long from, long to) {
        return ask(HOLES, from, to, to);
    }

    /** Jobs with more than one result. */
    public List<String> duplicates() {
        return ask(DUPLICATES);
    }

    /** Transitions that are not numbered 1, 2, 3 … or do not begin where the one before ended. */
    public List<String> brokenTransitions() {
        return ask(TRANSITIONS);
    }

    /** Event ids that are not dense. Only where no event was removed by retention. */
    public List<String> brokenEvents() {
        return ask(EVENTS);
    }

    /** Transitions without the event that tells of them. */
    public List<String> untoldTransitions() {
        return ask(TOLD);
    }

    /** A number that a query answers. */
    public long number(String sql, long... parameters) {
        return Long.parseLong(ask(sql, parameters).getFirst());
    }

    /** The first column of what a query answers, as text. */
    public List<String> ask(String sql, long... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setLong(i + 1, parameters[i]);
            }
            List<String> answers = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    answers.add(rows.getString(1));
                }
            }
            return answers;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
