package io.healthchecker.core.verdict;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code location_verdict}. */
public final class LocationVerdictTable {
    private final JdbcClient jdbc;

    public LocationVerdictTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Forgets what all locations held a service to be. */
    public void delete(long serviceId) {
        jdbc.sql("DELETE FROM location_verdict WHERE service_id = :id")
                .param("id", serviceId)
                .update();
    }
}
