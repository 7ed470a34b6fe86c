package io.healthchecker.api.page;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code status_page}. */
final class PageTable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final String INSERT = """
            INSERT INTO status_page (team_id, slug, domain, published, content)
            VALUES (:teamId, :slug, :domain, :published, CAST(:content AS jsonb))
            RETURNING *
            """;

    private static final String UPDATE = """
            UPDATE status_page
               SET slug = :slug, domain = :domain, published = :published, content = CAST(:content AS jsonb),
                   version = version + 1, updated_at = clock_timestamp()
             WHERE id = :id AND team_id = :teamId
            RETURNING *
            """;

    private final JdbcClient jdbc;

    PageTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.DuplicateKeyException if another page has its slug or domain */
    Page insert(int teamId, PageBody body) {
        return written(INSERT, teamId, body).query(PageTable::read).single();
    }

    /** @throws org.springframework.dao.DuplicateKeyException if another page has its slug or domain */
    Optional<Page> update(int teamId, int id, PageBody body) {
        return written(UPDATE, teamId, body)
                .param("id", id)
                .query(PageTable::read)
                .optional();
    }

    boolean delete(int teamId, int id) {
        return jdbc.sql("DELETE FROM status_page WHERE id = :id AND team_id = :teamId")
                        .param("id", id)
                        .param("teamId", teamId)
                        .update()
                == 1;
    }

    Optional<Page> find(int teamId, int id) {
        return jdbc.sql("SELECT * FROM status_page WHERE id = :id AND team_id = :teamId")
                .param("id", id)
                .param("teamId", teamId)
                .query(PageTable::read)
                .optional();
    }

    /** Pages of a team, by id. */
    List<Page> ofTeam(int teamId) {
        return jdbc.sql("SELECT * FROM status_page WHERE team_id = :teamId ORDER BY id")
                .param("teamId", teamId)
                .query(PageTable::read)
                .list();
    }

    /** All that everybody may see, at most so many. */
    List<Page> published(int limit) {
        return jdbc.sql("SELECT * FROM status_page WHERE published ORDER BY id LIMIT :limit")
                .param("limit", limit)
                .query(PageTable::read)
                .list();
    }

    private JdbcClient.StatementSpec written(String sql, int teamId, PageBody body) {
        return jdbc.sql(sql)
                .param("teamId", teamId)
                .param("slug", body.slug())
                .param("domain", body.domain())
                .param("published", body.isPublished())
                .param("content", JSON.writeValueAsString(body));
    }

    private static Page read(ResultSet row, int number) throws SQLException {
        return new Page(
                row.getInt("id"),
                row.getInt("team_id"),
                JSON.readValue(row.getString("content"), PageBody.class),
                row.getLong("version"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
