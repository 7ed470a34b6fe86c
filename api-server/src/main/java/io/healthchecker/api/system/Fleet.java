package io.healthchecker.api.system;

import io.healthchecker.api.system.SystemView.ClusterView;
import io.healthchecker.api.system.SystemView.SchedulerView;
import io.healthchecker.api.system.SystemView.Schedulers;
import io.healthchecker.api.system.SystemView.WorkerView;
import io.healthchecker.core.service.KubernetesClusterTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is at work, by the database's clock. */
final class Fleet {
    private static final String SCHEDULERS = """
            SELECT s.name, s.started_at, s.seen_at, s.draining,
                   (SELECT count(*) FROM scheduler_shard AS h WHERE h.owner = s.name AND h.lease_until > clock_timestamp()) AS shards
              FROM scheduler AS s
             WHERE s.seen_at > clock_timestamp() - interval '10 seconds'
             ORDER BY s.name
             LIMIT 100
            """;

    private static final String SHARDS = """
            SELECT count(*) FILTER (WHERE lease_until > clock_timestamp()) AS leased,
                   count(*) FILTER (WHERE lease_until <= clock_timestamp()) AS unleased,
                   extract(epoch FROM clock_timestamp()) - min(watermark_ms) / 1000.0 AS watermark_behind,
                   extract(epoch FROM clock_timestamp()) - min(audited_ms) / 1000.0 AS audit_behind
              FROM scheduler_shard
            """;

    // who went away in good order is seen at -infinity
    private static final String WORKERS = """
            SELECT w.name, l.name AS location, w.version, w.started_at, nullif(w.seen_at, '-infinity') AS seen_at,
                   w.seen_at > clock_timestamp() - interval '10 seconds' AS alive, w.in_flight, w.capacity, w.backlog,
                   w.clock_ahead_ms, w.cut_off_at
              FROM worker AS w JOIN location AS l ON l.id = w.location_id
             WHERE w.seen_at > clock_timestamp() - interval '1 hour'
             ORDER BY alive DESC, l.name, w.name
             LIMIT 500
            """;

    private final JdbcClient jdbc;
    private final KubernetesClusterTable clusters;

    Fleet(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.clusters = new KubernetesClusterTable(jdbc);
    }

    Schedulers schedulers() {
        List<SchedulerView> live = jdbc.sql(SCHEDULERS)
                .query((row, number) -> new SchedulerView(
                        row.getString("name"),
                        instant(row, "started_at"),
                        instant(row, "seen_at"),
                        row.getBoolean("draining"),
                        row.getInt("shards")))
                .list();
        return jdbc.sql(SHARDS)
                .query((row, number) -> new Schedulers(
                        live,
                        row.getInt("leased"),
                        row.getInt("unleased"),
                        tenths(row.getDouble("watermark_behind")),
                        tenths(row.getDouble("audit_behind"))))
                .single();
    }

    List<WorkerView> workers() {
        return jdbc.sql(WORKERS)
                .query((row, number) -> new WorkerView(
                        row.getString("name"),
                        row.getString("location"),
                        row.getString("version"),
                        instant(row, "started_at"),
                        instantOrNull(row, "seen_at"),
                        row.getBoolean("alive"),
                        row.getInt("in_flight"),
                        row.getInt("capacity"),
                        row.getInt("backlog"),
                        row.getObject("clock_ahead_ms", Long.class),
                        instantOrNull(row, "cut_off_at")))
                .list();
    }

    /** Without the words of a refusal: they name namespaces, which are not everybody's. */
    List<ClusterView> clusters() {
        return clusters.all().stream()
                .map(cluster -> new ClusterView(
                        cluster.clusterId(),
                        cluster.leader(),
                        cluster.ledAt(),
                        cluster.sweptAt(),
                        cluster.sweepProblem() != null,
                        cluster.sweepKept()))
                .toList();
    }

    static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
