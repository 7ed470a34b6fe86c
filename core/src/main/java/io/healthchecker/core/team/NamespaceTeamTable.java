package io.healthchecker.core.team;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code kubernetes_namespace}: the one team that each namespace of each cluster belongs to. */
public final class NamespaceTeamTable {
    private static final String ASSIGN = """
            INSERT INTO kubernetes_namespace (cluster_id, namespace, team_id) VALUES (:clusterId, :namespace, :teamId)
            ON CONFLICT (cluster_id, namespace) DO UPDATE SET team_id = excluded.team_id
            """;

    private final JdbcClient jdbc;

    public NamespaceTeamTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lets one transaction at a time give namespaces to teams; read what is there after it. */
    public void lock() {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('hc.namespace-team'))")
                .query((row, number) -> true)
                .single();
    }

    /** Teams of the namespaces of one cluster, by namespace. */
    public Map<String, Integer> all(String clusterId) {
        Map<String, Integer> teams = new HashMap<>();
        jdbc.sql("SELECT namespace, team_id FROM kubernetes_namespace WHERE cluster_id = :clusterId")
                .param("clusterId", clusterId)
                .query(row -> {
                    teams.put(row.getString("namespace"), row.getInt("team_id"));
                });
        return teams;
    }

    /** Gives a namespace to a team, and takes it from the one that had it. */
    public void assign(String clusterId, String namespace, int teamId) {
        jdbc.sql(ASSIGN)
                .param("clusterId", clusterId)
                .param("namespace", namespace)
                .param("teamId", teamId)
                .update();
    }
}
