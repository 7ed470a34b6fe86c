package io.healthchecker.core.egress;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code team_egress}. */
public final class TeamEgressTable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String WRITE = """
            INSERT INTO team_egress (team_id, rules) VALUES (:team, CAST(:rules AS jsonb))
            ON CONFLICT (team_id) DO UPDATE SET rules = excluded.rules
            """;

    private final JdbcClient jdbc;

    public TeamEgressTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a team may dial. */
    public TeamEgress of(int teamId) {
        return jdbc.sql("SELECT rules FROM team_egress WHERE team_id = :team")
                .param("team", teamId)
                .query((row, _) -> JSON.readValue(row.getString(1), TeamEgress.class))
                .optional()
                .orElse(TeamEgress.ALL);
    }

    /** What each team may dial that has rules of its own. */
    public Map<Integer, TeamEgress> all() {
        Map<Integer, TeamEgress> all = new HashMap<>();
        jdbc.sql("SELECT team_id, rules FROM team_egress").query(row -> {
            all.put(row.getInt(1), JSON.readValue(row.getString(2), TeamEgress.class));
        });
        return all;
    }

    public void write(int teamId, TeamEgress rules) {
        jdbc.sql(WRITE)
                .param("team", teamId)
                .param("rules", JSON.writeValueAsString(rules))
                .update();
    }
}
