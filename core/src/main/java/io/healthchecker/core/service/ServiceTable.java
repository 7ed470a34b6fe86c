package io.healthchecker.core.service;

import io.healthchecker.core.schedule.Shard;
import io.healthchecker.crds.Definition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code service}. */
public final class ServiceTable {
    private static final String NEXT_ID = "SELECT nextval(pg_get_serial_sequence('service', 'id'))";

    // the shard follows from the id, so the id is drawn first
    private static final String INSERT = """
            INSERT INTO service (id, team_id, name, source, owner, definition, shard) OVERRIDING SYSTEM VALUE
            VALUES (:id, :teamId, :name, :source, :owner, CAST(:definition AS jsonb), :shard)
            RETURNING *
            """;

    private static final String UPDATE = """
            UPDATE service
               SET name = :name, source = :source, owner = :owner, definition = CAST(:definition AS jsonb),
                   version = version + 1, updated_at = clock_timestamp()
             WHERE id = :id AND deleted_at IS NULL
            RETURNING *
            """;

    private static final String REMOVE = """
            UPDATE service
               SET version = version + 1, updated_at = clock_timestamp(), deleted_at = clock_timestamp()
             WHERE id = :id AND deleted_at IS NULL
            RETURNING *
            """;

    private final JdbcClient jdbc;

    public ServiceTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds a service.
     *
     * @throws org.springframework.dao.DuplicateKeyException if its team has a living service of that name, or its
     *     source one of that owner
     */
    public Service insert(NewService service) {
        long id = jdbc.sql(NEXT_ID).query(Long.class).single();
        return jdbc.sql(INSERT)
                .param("id", id)
                .param("teamId", service.teamId())
                .param("name", service.name())
                .param("source", service.source().code())
                .param("owner", service.owner())
                .param("definition", DefinitionJson.write(service.definition()))
                .param("shard", Shard.of(id))
                .query(ServiceTable::read)
                .single();
    }

    /** Changes a living service to what is given and raises its version; empty if it does not live. */
    public Optional<Service> update(long id, NewService wanted) {
        return jdbc.sql(UPDATE)
                .param("id", id)
                .param("name", wanted.name())
                .param("source", wanted.source().code())
                .param("owner", wanted.owner())
                .param("definition", DefinitionJson.write(wanted.definition()))
                .query(ServiceTable::read)
                .optional();
    }

    /** Marks a living service as deleted; its row stays, since history refers to it. */
    public Optional<Service> remove(long id) {
        return jdbc.sql(REMOVE).param("id", id).query(ServiceTable::read).optional();
    }

    /** A living service of one team. */
    public Optional<Service> find(int teamId, long id) {
        return jdbc.sql("SELECT * FROM service WHERE id = :id AND team_id = :teamId AND deleted_at IS NULL")
                .param("id", id)
                .param("teamId", teamId)
                .query(ServiceTable::read)
                .optional();
    }

    /** Whether a service is a team's, or was before it was removed. */
    public boolean belongs(int teamId, long id) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM service WHERE id = :id AND team_id = :teamId)")
                .param("id", id)
                .param("teamId", teamId)
                .query(Boolean.class)
                .single();
    }

    /** Names of some services by id, those that were removed included. */
    public Map<Long, String> names(Collection<Long> ids) {
        Map<Long, String> names = new HashMap<>();
        jdbc.sql("SELECT id, name FROM service WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(Long[]::new))
                .query(row -> {
                    names.put(row.getLong("id"), row.getString("name"));
                });
        return names;
    }

    /** A living service, locked until the transaction ends. */
    public Optional<Service> lock(long id) {
        return jdbc.sql("SELECT * FROM service WHERE id = :id AND deleted_at IS NULL FOR NO KEY UPDATE")
                .param("id", id)
                .query(ServiceTable::read)
                .optional();
    }

    /** Those of some services that live, in no order. */
    public List<Service> living(Collection<Long> ids) {
        return jdbc.sql("SELECT * FROM service WHERE id = ANY(:ids) AND deleted_at IS NULL")
                .param("ids", ids.toArray(Long[]::new))
                .query(ServiceTable::read)
                .list();
    }

    /** All living services of one source whose owner begins with a prefix, by id. */
    public List<Service> owned(Source source, String ownerPrefix) {
        return jdbc.sql("""
                        SELECT * FROM service
                         WHERE source = :source AND starts_with(owner, :prefix) AND deleted_at IS NULL
                         ORDER BY id
                        """)
                .param("source", source.code())
                .param("prefix", ownerPrefix)
                .query(ServiceTable::read)
                .list();
    }

    /** Reads a row of {@code SELECT service.*}. */
    public static Service read(ResultSet row, int number) throws SQLException {
        Definition definition = DefinitionJson.read(row.getString("definition"));
        return new Service(
                row.getLong("id"),
                row.getInt("team_id"),
                row.getString("name"),
                Source.of(row.getInt("source")),
                row.getString("owner"),
                definition,
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("deleted_at", OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
