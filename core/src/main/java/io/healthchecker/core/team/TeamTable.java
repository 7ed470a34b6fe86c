package io.healthchecker.core.team;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code team}. */
public final class TeamTable {
    private final JdbcClient jdbc;

    public TeamTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a team and returns its id. */
    public int insert(String name) {
        return jdbc.sql("INSERT INTO team (name) VALUES (:name) RETURNING id")
                .param("name", name)
                .query(Integer.class)
                .single();
    }

    /** Locks a team until the transaction ends, so that two changes of its members see each other. */
    public void lock(int id) {
        jdbc.sql("SELECT id FROM team WHERE id = :id FOR NO KEY UPDATE")
                .param("id", id)
                .query(Integer.class)
                .optional();
    }
}
