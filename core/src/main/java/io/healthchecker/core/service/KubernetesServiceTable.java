package io.healthchecker.core.service;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Table {@code kubernetes_service}. Nothing is written for a generation that is older than the stored one, for a
 * resource that was removed, or under a term that has ended: whoever believes to lead may try.
 */
public final class KubernetesServiceTable {
    private static final String PUT = """
            INSERT INTO kubernetes_service AS k
                   (cluster_id, uid, service_id, namespace, name, generation, definition_hash, adopt)
            SELECT :clusterId, :uid, :serviceId, :namespace, :name, :generation, :hash, :adopt
             WHERE EXISTS (SELECT FROM kubernetes_cluster WHERE cluster_id = :clusterId AND epoch = :epoch)
            ON CONFLICT (cluster_id, uid) DO UPDATE
               SET service_id = excluded.service_id, generation = excluded.generation,
                   definition_hash = excluded.definition_hash, adopt = excluded.adopt, removed_at = NULL
             WHERE k.generation <= excluded.generation AND (k.removed_at IS NULL OR :exists)
            """;

    private static final String REMOVE = """
            UPDATE kubernetes_service SET removed_at = clock_timestamp()
             WHERE cluster_id = :clusterId AND uid = :uid AND removed_at IS NULL
               AND EXISTS (SELECT FROM kubernetes_cluster WHERE cluster_id = :clusterId AND epoch = :epoch)
            RETURNING *
            """;

    private static final String OWNERS = """
            SELECT k.*
              FROM kubernetes_service AS k JOIN service AS s ON s.id = k.service_id
             WHERE k.service_id = ANY(:ids) AND k.removed_at IS NULL AND s.source = :source
               AND s.owner = k.cluster_id || '/' || k.namespace || '/' || k.name
            """;

    private final JdbcClient jdbc;

    public KubernetesServiceTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    // what somebody else adopted is not ours any more
    private static final String LIVING = """
            SELECT k.*, s.team_id
              FROM kubernetes_service AS k JOIN service AS s ON s.id = k.service_id
             WHERE k.cluster_id = :clusterId AND k.removed_at IS NULL AND s.source = :source AND s.deleted_at IS NULL
               AND s.owner = k.cluster_id || '/' || k.namespace || '/' || k.name
            """;

    /**
     * What is known of a resource.
     *
     * @param adopt the annotation that asked to take a service over, as it was handled; null without one
     */
    public record Row(KubernetesOrigin origin, @Nullable String adopt, boolean removed) {}

    /** A resource whose service lives, and the team of that. */
    public record Living(KubernetesOrigin origin, int teamId) {}

    /** A resource, removed or not, locked until the transaction ends. */
    public Optional<Row> lock(String clusterId, String uid) {
        return jdbc.sql("SELECT * FROM kubernetes_service WHERE cluster_id = :clusterId AND uid = :uid FOR UPDATE")
                .param("clusterId", clusterId)
                .param("uid", uid)
                .query((row, number) ->
                        new Row(read(row, number), row.getString("adopt"), row.getObject("removed_at") != null))
                .optional();
    }

    /**
     * Writes down what is applied.
     *
     * @param adopt the annotation that asks to take a service over, null without one
     * @param exists whether the API server itself was just asked and has this resource: only then one that was removed
     *     comes back
     * @return whether it was written; if not, the caller is behind and has to undo what it did
     */
    public boolean put(Term term, KubernetesOrigin origin, @Nullable String adopt, boolean exists) {
        return jdbc.sql(PUT)
                        .param("clusterId", term.clusterId())
                        .param("epoch", term.epoch())
                        .param("uid", origin.uid())
                        .param("serviceId", origin.serviceId())
                        .param("namespace", origin.name().namespace())
                        .param("name", origin.name().name())
                        .param("generation", origin.generation())
                        .param("hash", origin.definitionHash())
                        .param("adopt", adopt)
                        .param("exists", exists)
                        .update()
                == 1;
    }

    /** Marks a resource as removed; empty if it is not there, was removed before, or the term has ended. */
    public Optional<KubernetesOrigin> remove(Term term, String uid) {
        return jdbc.sql(REMOVE)
                .param("clusterId", term.clusterId())
                .param("epoch", term.epoch())
                .param("uid", uid)
                .query(KubernetesServiceTable::read)
                .optional();
    }

    /** All resources of one cluster whose services live and come from them, in no order. */
    public List<Living> living(String clusterId) {
        return jdbc.sql(LIVING)
                .param("clusterId", clusterId)
                .param("source", Source.KUBERNETES.code())
                .query((row, number) -> new Living(read(row, number), row.getInt("team_id")))
                .list();
    }

    /** A resource whose service lives and comes from it. */
    public Optional<Living> living(String clusterId, String uid) {
        return jdbc.sql(LIVING + " AND k.uid = :uid")
                .param("clusterId", clusterId)
                .param("uid", uid)
                .param("source", Source.KUBERNETES.code())
                .query((row, number) -> new Living(read(row, number), row.getInt("team_id")))
                .optional();
    }

    /** The resource of a name that was not removed. */
    public Optional<KubernetesOrigin> named(ResourceName name) {
        return jdbc.sql("""
                        SELECT * FROM kubernetes_service
                         WHERE cluster_id = :clusterId AND namespace = :namespace AND name = :name AND removed_at IS NULL
                         ORDER BY service_id DESC LIMIT 1
                        """)
                .param("clusterId", name.clusterId())
                .param("namespace", name.namespace())
                .param("name", name.name())
                .query(KubernetesServiceTable::read)
                .optional();
    }

    /** The resources that own some services, as far as there are any. */
    public Map<Long, KubernetesOrigin> of(Collection<Long> serviceIds) {
        Map<Long, KubernetesOrigin> origins = new HashMap<>();
        jdbc.sql(OWNERS)
                .param("source", Source.KUBERNETES.code())
                .param("ids", serviceIds.toArray(Long[]::new))
                .query(row -> {
                    KubernetesOrigin origin = read(row, 0);
                    origins.put(origin.serviceId(), origin);
                });
        return origins;
    }

    /** The resource that owns one service; null if none does. */
    public @Nullable KubernetesOrigin of(long serviceId) {
        return of(List.of(serviceId)).get(serviceId);
    }

    private static KubernetesOrigin read(ResultSet row, int number) throws SQLException {
        return new KubernetesOrigin(
                row.getLong("service_id"),
                new ResourceName(row.getString("cluster_id"), row.getString("namespace"), row.getString("name")),
                row.getString("uid"),
                row.getLong("generation"),
                row.getString("definition_hash"));
    }
}
