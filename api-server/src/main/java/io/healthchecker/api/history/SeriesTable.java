package io.healthchecker.api.history;

import io.healthchecker.core.history.PhaseMeans;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code check_result}, added up by buckets. */
final class SeriesTable {
    private static final String BUCKETS = """
            SELECT ((slot - :from) / :step)::int AS bucket, count(*) AS count,
                   count(*) FILTER (WHERE outcome = 3) AS down, count(*) FILTER (WHERE outcome = 4) AS unknown,
                   percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY latency_us)
                       FILTER (WHERE outcome IN (1, 2)) AS percentiles,
                   min(latency_us) FILTER (WHERE outcome IN (1, 2)) AS min,
                   max(latency_us) FILTER (WHERE outcome IN (1, 2)) AS max,
                   avg(dns_us) FILTER (WHERE outcome IN (1, 2))::int AS dns,
                   avg(connect_us) FILTER (WHERE outcome IN (1, 2))::int AS connect,
                   avg(tls_us) FILTER (WHERE outcome IN (1, 2))::int AS tls,
                   avg(first_byte_us) FILTER (WHERE outcome IN (1, 2))::int AS first_byte,
                   avg(transfer_us) FILTER (WHERE outcome IN (1, 2))::int AS transfer
              FROM check_result
             WHERE service_id = :serviceId AND location_id = :location AND slot >= :from AND slot < :to
             GROUP BY 1
            """;

    private final JdbcClient jdbc;

    SeriesTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What there is, by number of the bucket; nothing for a bucket without a result. */
    Map<Integer, SeriesBucket> buckets(long serviceId, int locationId, long from, long to, long stepMillis) {
        Map<Integer, SeriesBucket> buckets = new HashMap<>();
        jdbc.sql(BUCKETS)
                .param("serviceId", serviceId)
                .param("location", locationId)
                .param("from", from)
                .param("to", to)
                .param("step", stepMillis)
                .query(row -> {
                    buckets.put(row.getInt("bucket"), read(row));
                });
        return buckets;
    }

    private static SeriesBucket read(ResultSet row) throws SQLException {
        Array percentiles = row.getArray("percentiles");
        Integer[] values = percentiles == null ? new Integer[3] : (Integer[]) percentiles.getArray();
        return new SeriesBucket(
                row.getInt("count"),
                row.getInt("down"),
                row.getInt("unknown"),
                values[0],
                values[1],
                values[2],
                optional(row, "min"),
                optional(row, "max"),
                new PhaseMeans(
                        optional(row, "dns"),
                        optional(row, "connect"),
                        optional(row, "tls"),
                        optional(row, "first_byte"),
                        optional(row, "transfer")));
    }

    private static @Nullable Integer optional(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }
}
