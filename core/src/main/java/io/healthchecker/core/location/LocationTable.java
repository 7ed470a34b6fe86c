package io.healthchecker.core.location;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code location}. */
public final class LocationTable {
    private static final String ADD = "INSERT INTO location (name) VALUES (:name) ON CONFLICT DO NOTHING";

    private final JdbcClient jdbc;

    public LocationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Id of a location; added if there is none of that name. */
    public int idOf(String name) {
        return jdbc.sql("SELECT id FROM location WHERE name = :name")
                .param("name", name)
                .query(Integer.class)
                .optional()
                .orElseGet(() -> {
                    jdbc.sql(ADD).param("name", name).update();
                    return jdbc.sql("SELECT id FROM location WHERE name = :name")
                            .param("name", name)
                            .query(Integer.class)
                            .single();
                });
    }
}
