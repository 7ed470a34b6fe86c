package io.healthchecker.core.check;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code service_certificate}. */
public final class CertificateTable {
    private static final String REMEMBER = """
            INSERT INTO service_certificate AS c (service_id, location_id, not_after, seen_at)
            SELECT n.service_id, n.location_id, to_timestamp(n.not_after), clock_timestamp()
              FROM unnest(:services, :locations, :ends) AS n (service_id, location_id, not_after)
              JOIN service AS s ON s.id = n.service_id AND s.deleted_at IS NULL
             ORDER BY n.service_id, n.location_id
            ON CONFLICT (service_id, location_id)
            DO UPDATE SET not_after = excluded.not_after, seen_at = excluded.seen_at
            """;

    // a service that is checked once a day has two days to be seen again
    private static final String EARLIEST = """
            SELECT service_id, min(not_after) AS not_after FROM service_certificate
             WHERE service_id = ANY(:services) AND seen_at > clock_timestamp() - interval '2 days'
             GROUP BY service_id
            """;

    private final JdbcClient jdbc;

    public CertificateTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes down what was seen, each service and location once. */
    public void remember(Collection<CertificateEnd> seen) {
        if (seen.isEmpty()) {
            return;
        }
        jdbc.sql(REMEMBER)
                .param("services", seen.stream().map(CertificateEnd::serviceId).toArray(Long[]::new))
                .param(
                        "locations",
                        seen.stream().map(CertificateEnd::locationId).toArray(Integer[]::new))
                .param(
                        "ends",
                        seen.stream()
                                .map(end -> end.notAfter().getEpochSecond())
                                .toArray(Long[]::new))
                .update();
    }

    /** Until when the certificate of each service is valid, of several the first that ends. */
    public Map<Long, Instant> earliest(Collection<Long> services) {
        Map<Long, Instant> earliest = new HashMap<>();
        jdbc.sql(EARLIEST).param("services", services.toArray(Long[]::new)).query(row -> {
            earliest.put(
                    row.getLong("service_id"),
                    row.getObject("not_after", OffsetDateTime.class).toInstant());
        });
        return earliest;
    }
}
