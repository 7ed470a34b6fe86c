package io.healthchecker.core.service;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code kubernetes_cluster}: who applies the resources of each cluster, and how its last sweep ended. */
public final class KubernetesClusterTable {
    private static final String BEGIN = """
            INSERT INTO kubernetes_cluster AS c (cluster_id, epoch, leader) VALUES (:clusterId, 1, :leader)
            ON CONFLICT (cluster_id) DO UPDATE
               SET epoch = c.epoch + 1, leader = excluded.leader, led_at = clock_timestamp()
            RETURNING epoch
            """;

    private static final String IDENTIFY = """
            UPDATE kubernetes_cluster SET identity = coalesce(identity, :identity) WHERE cluster_id = :clusterId
            RETURNING identity
            """;

    private static final String SWEPT = """
            UPDATE kubernetes_cluster
               SET swept_at = clock_timestamp(), sweep_kept = :kept, sweep_problem = :problem
             WHERE cluster_id = :clusterId AND epoch = :epoch
            """;

    private final JdbcClient jdbc;

    public KubernetesClusterTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How the resources of one cluster stand.
     *
     * @param leader who applies them, or did so last
     * @param sweptAt null before the first sweep
     * @param sweepKept how many services it kept although their resources are missing
     * @param sweepProblem why resources that are missing were not removed; null if nothing stood in the way
     */
    public record Cluster(
            String clusterId,
            long epoch,
            String leader,
            Instant ledAt,
            @Nullable Instant sweptAt,
            int sweepKept,
            @Nullable String sweepProblem) {}

    /** Begins to lead, and ends every earlier term of that cluster. */
    public Term begin(String clusterId, String leader) {
        long epoch = jdbc.sql(BEGIN)
                .param("clusterId", clusterId)
                .param("leader", leader)
                .query(Long.class)
                .single();
        return new Term(clusterId, epoch);
    }

    /**
     * Remembers which cluster an id stands for; the first to say it is right.
     *
     * @param identity what no other cluster has
     * @return whether it is that cluster
     */
    public boolean identify(String clusterId, String identity) {
        return jdbc.sql(IDENTIFY)
                .param("clusterId", clusterId)
                .param("identity", identity)
                .query(String.class)
                .single()
                .equals(identity);
    }

    /** Whether a term is the newest of its cluster. */
    public boolean holds(Term term) {
        return jdbc.sql(
                        "SELECT EXISTS (SELECT FROM kubernetes_cluster WHERE cluster_id = :clusterId AND epoch = :epoch)")
                .param("clusterId", term.clusterId())
                .param("epoch", term.epoch())
                .query(Boolean.class)
                .single();
    }

    /**
     * Writes down how a sweep ended.
     *
     * @param kept how many services were kept although their resources are missing
     * @param problem why resources that are missing were not removed; null if nothing stood in the way
     * @return whether the term is the newest; nothing is written otherwise
     */
    public boolean swept(Term term, int kept, @Nullable String problem) {
        return jdbc.sql(SWEPT)
                        .param("clusterId", term.clusterId())
                        .param("epoch", term.epoch())
                        .param("kept", kept)
                        .param("problem", problem)
                        .update()
                == 1;
    }

    /** Why resources of a cluster that were missing at its last sweep were not removed; empty if nothing stood in the way. */
    public Optional<String> sweepProblem(String clusterId) {
        return jdbc.sql("SELECT sweep_problem FROM kubernetes_cluster"
                        + " WHERE cluster_id = :clusterId AND sweep_problem IS NOT NULL")
                .param("clusterId", clusterId)
                .query(String.class)
                .optional();
    }

    /** All clusters that ever wrote, by id. */
    public List<Cluster> all() {
        return jdbc.sql("SELECT * FROM kubernetes_cluster ORDER BY cluster_id")
                .query(KubernetesClusterTable::read)
                .list();
    }

    private static Cluster read(ResultSet row, int number) throws SQLException {
        OffsetDateTime swept = row.getObject("swept_at", OffsetDateTime.class);
        return new Cluster(
                row.getString("cluster_id"),
                row.getLong("epoch"),
                row.getString("leader"),
                row.getObject("led_at", OffsetDateTime.class).toInstant(),
                swept == null ? null : swept.toInstant(),
                row.getInt("sweep_kept"),
                row.getString("sweep_problem"));
    }
}
