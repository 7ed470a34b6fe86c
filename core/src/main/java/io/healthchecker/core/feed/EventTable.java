package io.healthchecker.core.feed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Tables {@code event} and {@code event_counter}. */
public final class EventTable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final String DRAW = "UPDATE event_counter SET last_id = last_id + :count RETURNING last_id";

    private static final String INSERT = """
            INSERT INTO event (id, team_id, service_id, kind, payload)
            SELECT id, team_id, service_id, kind, payload::jsonb
              FROM unnest(:ids, :teamIds, :serviceIds, :kinds, :payloads) AS n (id, team_id, service_id, kind, payload)
            """;

    private static final String AFTER = "SELECT * FROM event WHERE id > :id ORDER BY id LIMIT :limit";

    private static final String BETWEEN = """
            SELECT * FROM event WHERE id > :after AND id <= :upTo AND team_id = :teamId ORDER BY id
            """;

    // ids are in order of time, so that the oldest are found without an index on time
    private static final String DELETE = """
            DELETE FROM event
             WHERE id IN (SELECT id FROM (SELECT id, at FROM event ORDER BY id LIMIT :limit) AS oldest
                           WHERE at < :instant)
            """;

    private final JdbcClient jdbc;

    public EventTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Draws ids for that many events and returns the first. It locks the counter until the transaction ends, which is
     * what makes ids dense and commit-ordered: call it last, right before the rows that need them.
     */
    public long draw(int count) {
        return jdbc.sql(DRAW).param("count", count).query(Long.class).single() - count + 1;
    }

    /** Writes events under ids that were drawn for them. */
    public void insert(long firstId, List<NewEvent> events) {
        jdbc.sql(INSERT)
                .param(
                        "ids",
                        LongStream.range(firstId, firstId + events.size())
                                .boxed()
                                .toArray(Long[]::new))
                .param("teamIds", events.stream().map(NewEvent::teamId).toArray(Integer[]::new))
                .param("serviceIds", events.stream().map(NewEvent::serviceId).toArray(Long[]::new))
                .param("kinds", events.stream().map(e -> e.event().kind()).toArray(String[]::new))
                .param(
                        "payloads",
                        events.stream()
                                .map(e -> JSON.writeValueAsString(e.event()))
                                .toArray(String[]::new))
                .update();
    }

    /** Events with ids above one, in order. */
    public List<StoredEvent> after(long id, int limit) {
        return jdbc.sql(AFTER)
                .param("id", id)
                .param("limit", limit)
                .query(EventTable::read)
                .list();
    }

    /** A team's events with ids above one and up to another, in order. */
    public List<StoredEvent> between(int teamId, long after, long upTo) {
        return jdbc.sql(BETWEEN)
                .param("teamId", teamId)
                .param("after", after)
                .param("upTo", upTo)
                .query(EventTable::read)
                .list();
    }

    /** Deletes the oldest events that are older than an instant, at most so many, and says how many they were. */
    public int deleteBefore(Instant instant, int limit) {
        return jdbc.sql(DELETE)
                .param("instant", instant.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .update();
    }

    /** Id of the newest event ever written, 0 before the first. */
    public long lastId() {
        return jdbc.sql("SELECT last_id FROM event_counter").query(Long.class).single();
    }

    /** Id of the oldest event that is still kept, or the next one to come if none is. */
    public long oldestId() {
        return jdbc.sql("SELECT coalesce((SELECT min(id) FROM event), (SELECT last_id + 1 FROM event_counter))")
                .query(Long.class)
                .single();
    }

    private static StoredEvent read(ResultSet row, int number) throws SQLException {
        String kind = row.getString("kind");
        String payload = row.getString("payload");
        Class<? extends Event> type = type(kind);
        return new StoredEvent(
                row.getLong("id"),
                row.getInt("team_id"),
                row.getLong("service_id"),
                kind,
                type == null ? null : JSON.readValue(payload, type),
                payload,
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Class<? extends Event> type(String kind) {
        return switch (kind) {
            case "state.changed" -> Event.StateChanged.class;
            case "incident.opened" -> Event.IncidentOpened.class;
            case "incident.closed" -> Event.IncidentClosed.class;
            case "incident.acknowledged" -> Event.IncidentAcknowledged.class;
            case "incident.unacknowledged" -> Event.IncidentUnacknowledged.class;
            case "incident.noted" -> Event.IncidentNoted.class;
            case "service.created" -> Event.ServiceCreated.class;
            case "service.changed" -> Event.ServiceChanged.class;
            case "service.removed" -> Event.ServiceRemoved.class;
            default -> null;
        };
    }
}
