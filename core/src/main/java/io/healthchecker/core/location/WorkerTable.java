package io.healthchecker.core.location;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code worker}: who probes, from where, and who of them is alive. The database's clock decides. */
public final class WorkerTable {
    private static final String BEGIN = """
            INSERT INTO worker (name, location_id, version)
            VALUES (:name, :location, :version)
            ON CONFLICT (name)
            DO UPDATE SET location_id = excluded.location_id, version = excluded.version,
                          started_at = clock_timestamp(), seen_at = clock_timestamp(), cut_off_at = NULL,
                          clock_ahead_ms = NULL
            """;

    private static final String BEGUN = " RETURNING id, (extract(epoch FROM started_at) * 1000000)::bigint AS started";

    // the newest of several with one name is the one that counts
    private static final String ENTER = BEGIN + BEGUN;

    private static final String CLAIM =
            BEGIN + "WHERE worker.seen_at < clock_timestamp() - make_interval(secs => :seconds)" + BEGUN;

    private static final String BEAT = """
            UPDATE worker
               SET seen_at = clock_timestamp(), in_flight = :inFlight, capacity = :capacity, backlog = :backlog,
                   clock_ahead_ms = round(:clock - extract(epoch FROM clock_timestamp()) * 1000)
             WHERE id = :id AND (extract(epoch FROM started_at) * 1000000)::bigint = :started
            """;

    private static final String CUT_OFF = """
            UPDATE worker
               SET cut_off_at = CASE WHEN :cutOff THEN coalesce(cut_off_at, clock_timestamp()) END
             WHERE id = :id AND (extract(epoch FROM started_at) * 1000000)::bigint = :started
               AND (cut_off_at IS NOT NULL) <> :cutOff
            """;

    private static final String ALIVE = """
            SELECT id, name, location_id
              FROM worker
             WHERE seen_at > clock_timestamp() - make_interval(secs => :seconds)
             ORDER BY id
            """;

    private static final String LEAVE = """
            UPDATE worker SET seen_at = '-infinity', in_flight = 0, backlog = 0
             WHERE id = :id AND (extract(epoch FROM started_at) * 1000000)::bigint = :started
            """;

    private final JdbcClient jdbc;

    public WorkerTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Begins the life of a worker. Another one of the same name ends with it, see {@link #beat}. */
    public Entry enter(String name, int locationId, String version) {
        return jdbc.sql(ENTER)
                .param("name", name)
                .param("location", locationId)
                .param("version", version)
                .query(WorkerTable::entry)
                .single();
    }

    /** Begins the life of a worker under a name, unless somebody of that name was seen lately. */
    public Optional<Entry> claim(String name, int locationId, String version, Duration lately) {
        return jdbc.sql(CLAIM)
                .param("name", name)
                .param("location", locationId)
                .param("version", version)
                .param("seconds", lately.toMillis() / 1e3)
                .query(WorkerTable::entry)
                .optional();
    }

    /** When whoever has a name was seen last, as a text that differs after each sign of life. */
    public String seen(String name) {
        return jdbc.sql("SELECT seen_at::text FROM worker WHERE name = :name")
                .param("name", name)
                .query(String.class)
                .optional()
                .orElse("never");
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(row.getInt("id"), row.getLong("started"));
    }

    /**
     * Says that a worker lives; false if another one has taken its name.
     *
     * @param clockMillis what the worker's clock says when this arrives, epoch milliseconds
     */
    public boolean beat(Entry entry, int inFlight, int capacity, int backlog, long clockMillis) {
        return jdbc.sql(BEAT)
                        .param("id", entry.id)
                        .param("started", entry.startedMicros)
                        .param("inFlight", inFlight)
                        .param("capacity", capacity)
                        .param("backlog", backlog)
                        .param("clock", clockMillis)
                        .update()
                == 1;
    }

    /** Says whether a worker reaches none of its witnesses. */
    public void cutOff(Entry entry, boolean isCutOff) {
        jdbc.sql(CUT_OFF)
                .param("id", entry.id)
                .param("started", entry.startedMicros)
                .param("cutOff", isCutOff)
                .update();
    }

    /** Those that were seen lately, by id. */
    public List<Living> alive(Duration lately) {
        return jdbc.sql(ALIVE)
                .param("seconds", lately.toMillis() / 1e3)
                .query((row, number) -> new Living(row.getInt("id"), row.getString("name"), row.getInt("location_id")))
                .list();
    }

    /** Ends the life of a worker at once, so that others need not wait until it is missed. */
    public void leave(Entry entry) {
        jdbc.sql(LEAVE)
                .param("id", entry.id)
                .param("started", entry.startedMicros)
                .update();
    }

    /** One life of a worker. */
    public record Entry(int id, long startedMicros) {}

    /** A worker that lives. */
    public record Living(int id, String name, int locationId) {}
}
