package io.healthchecker.core.schedule;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code scheduler}: who is alive, by the database's clock. */
public final class SchedulerTable {
    private static final String BEAT = """
            INSERT INTO scheduler (name, draining) VALUES (:name, :draining)
            ON CONFLICT (name) DO UPDATE SET seen_at = clock_timestamp(), draining = EXCLUDED.draining
            RETURNING (extract(epoch FROM clock_timestamp()) * 1000)::bigint
            """;

    private static final String LIVE = """
            SELECT count(*) FROM scheduler WHERE NOT draining AND seen_at > clock_timestamp() - make_interval(secs => :seconds)
            """;

    private static final String FORGET = """
            DELETE FROM scheduler WHERE name = :name OR seen_at < clock_timestamp() - interval '1 hour'
            """;

    private final JdbcClient jdbc;

    public SchedulerTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Says that a scheduler is alive.
     *
     * @param draining whether it is about to leave, so that its share is for others
     * @return the database's time, epoch milliseconds
     */
    public long beat(String name, boolean draining) {
        return jdbc.sql(BEAT)
                .param("name", name)
                .param("draining", draining)
                .query(Long.class)
                .single();
    }

    /** How many schedulers are alive and stay. */
    public int live() {
        return jdbc.sql(LIVE)
                .param("seconds", ShardTable.LEASE_SECONDS)
                .query(Integer.class)
                .single();
    }

    /** Removes a scheduler that leaves, and those that were not seen for an hour. */
    public void forget(String name) {
        jdbc.sql(FORGET).param("name", name).update();
    }
}
