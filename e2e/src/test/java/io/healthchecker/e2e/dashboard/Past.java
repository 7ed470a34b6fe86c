package io.healthchecker.e2e.dashboard;

import io.healthchecker.core.check.CheckPartitionTable;
import io.healthchecker.core.check.PartitionWidth;
import io.healthchecker.core.schedule.Cadence;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What a fleet was before anybody looked: a day of hours, the turns of some, the newest result of each. */
final class Past {
    // one in forty-one was down for seven minutes now and then
    private static final String HOURS = """
            INSERT INTO service_hour (service_id, location_id, hour, up_ms, down_ms, unknown_ms, suspended_ms, checks, failed,
                                      untold, min_us, max_us, p95_us, latency)
            SELECT id, 1, hour, 3600000 - down, down, 0, 0, 60, (down / 60000)::int, 0,
                   9000 + id % 7 * 1000, 90000 + id % 311 * 1000,
                   CASE WHEN id % 101 = 0 THEN 1400000 ELSE 24000 + id * 37 % 190 * 1000 END + hour % 5 * 1500, ''
              FROM unnest(CAST(:ids AS bigint[])) AS id
             CROSS JOIN generate_series(:hour - 23, :hour - 1) AS hour
              JOIN service_state AS s ON s.service_id = id
             CROSS JOIN LATERAL (SELECT greatest(
                 CASE WHEN id % 41 = 0 AND (id + hour) % 9 = 3 THEN 420000 ELSE 0 END,
                 CASE WHEN state = 3 THEN least(3600000, (hour + 1) * 3600000 - (extract(epoch FROM since) * 1000)::bigint) ELSE 0 END
             )::int AS down) AS d
            """;

    private static final String TURNS = """
            INSERT INTO transition (service_id, seq, team_id, from_state, to_state, slot, reason, event_id, at)
            SELECT id, row_number() OVER (PARTITION BY id ORDER BY at), 1, from_state, to_state,
                   (extract(epoch FROM at) * 1000)::bigint, CASE to_state WHEN 3 THEN 20 WHEN 2 THEN 1 ELSE 0 END, 0, at
              FROM (SELECT id, from_state, to_state, to_timestamp(hour * 3600 + CASE to_state WHEN 3 THEN 600 ELSE 1020 END) AS at
                      FROM unnest(CAST(:ids AS bigint[])) AS id
                     CROSS JOIN generate_series(:hour - 23, :hour - 1) AS hour
                     CROSS JOIN (VALUES (1, 3), (3, 1)) AS turn (from_state, to_state)
                     WHERE id % 41 = 0 AND (id + hour) % 9 = 3
                    UNION ALL
                    SELECT service_id, 1, state, since FROM service_state
                     WHERE service_id = ANY(CAST(:ids AS bigint[])) AND state <> 1) AS turns
             WHERE at < clock_timestamp()
            """;

    private static final String COUNTED = """
            UPDATE service_state AS s SET transition_seq = t.seq
              FROM (SELECT service_id, max(seq) AS seq FROM transition GROUP BY service_id) AS t
             WHERE t.service_id = s.service_id AND s.service_id = ANY(CAST(:ids AS bigint[]))
            """;

    private static final String NEWEST = """
            INSERT INTO check_result (service_id, slot, version, lateness_ms, latency_us, dns_us, connect_us, tls_us,
                                      first_byte_us, transfer_us, worker_id, location_id, outcome, reason, kind, flags, http_status)
            SELECT service_id, :now - service_id * 7919 % 50000, 1, service_id % 5, 22000 + service_id * 37 % 150 * 1000,
                   900, 3100, 8000, 10000 + service_id * 37 % 150 * 1000, 0, 1, 1,
                   state, reason, 0, 0, CASE state WHEN 3 THEN NULL ELSE 200 END
              FROM service_state WHERE service_id = ANY(CAST(:ids AS bigint[]))
            """;

    private static final String EACH = """
            INSERT INTO check_result (service_id, slot, version, lateness_ms, latency_us, dns_us, connect_us, tls_us,
                                      first_byte_us, transfer_us, worker_id, location_id, outcome, reason, kind, flags, http_status)
            SELECT :id, slot, 1, n % 4, 3000 + 11000 + 21000 + wait + 4000, 3000, 11000, 21000, wait, 4000, 1, 1,
                   CASE WHEN n BETWEEN 300 AND 330 THEN 3 ELSE 1 END, CASE WHEN n BETWEEN 300 AND 330 THEN 60 ELSE 0 END, 0, 0,
                   CASE WHEN n BETWEEN 300 AND 330 THEN 503 ELSE 200 END
              FROM (SELECT n, :now - n * 60000 AS slot,
                           (70000 + 30000 * sin(n / 140.0) + n * 7919 % 23000
                               + CASE WHEN n % 97 = 0 THEN 240000 ELSE 0 END)::int AS wait
                      FROM generate_series(1, 1400) AS n) AS checks
            """;

    private static final String OUTAGE = """
            INSERT INTO transition (service_id, seq, team_id, from_state, to_state, slot, reason, detail, event_id, at)
            VALUES (:id, 1, 1, 1, 3, :now - 330 * 60000, 60, 'status (503) is not in 200', 0, to_timestamp(:now / 1000 - 330 * 60)),
                   (:id, 2, 1, 3, 1, :now - 299 * 60000, 0, NULL, 0, to_timestamp(:now / 1000 - 299 * 60))
            """;

    private final JdbcClient jdbc;
    private final CheckPartitionTable partitions;

    Past(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.partitions = new CheckPartitionTable(jdbc, new DataSourceTransactionManager(dataSource));
    }

    /** Of many: what the list shows of them. */
    void write(Collection<Long> services) {
        long now = now();
        cover(now);
        for (String sql : List.of(HOURS, TURNS, COUNTED, NEWEST)) {
            var statement = jdbc.sql(sql).param("ids", services.toArray(Long[]::new));
            statement
                    .param("hour", now / Duration.ofHours(1).toMillis())
                    .param("now", now)
                    .update();
        }
    }

    /** Of one that is up and checked every minute: a result a minute over a day, with half an hour in which it was down. */
    void writeEach(long service, Cadence cadence) {
        long now = cadence.slotAt(now());
        cover(now);
        for (String sql : List.of(EACH, OUTAGE)) {
            jdbc.sql(sql).param("id", service).param("now", now).update();
        }
        jdbc.sql(COUNTED).param("ids", new Long[] {service}).update();
    }

    private long now() {
        return jdbc.sql("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                .query(Long.class)
                .single();
    }

    private void cover(long now) {
        partitions.cover(List.of(now, now - Duration.ofDays(1).toMillis()), PartitionWidth.DAY);
    }
}
