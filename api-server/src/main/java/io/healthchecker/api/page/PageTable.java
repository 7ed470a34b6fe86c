package io.healthchecker.api.page;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
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
            INSERT INTO status_page (team_id, slug, domain, published, content, link_hash)
            VALUES (:teamId, :slug, :domain, :public, CAST(:content AS jsonb), decode(:linkHash, 'hex'))
            RETURNING *
            """;

    private static final String UPDATE = """
            UPDATE status_page
               SET slug = :slug, domain = :domain, published = :public, content = CAST(:content AS jsonb),
                   link_hash = CASE WHEN :byLink THEN coalesce(link_hash, decode(:linkHash, 'hex')) END,
                   version = version + 1, updated_at = clock_timestamp()
             WHERE id = :id AND team_id = :teamId
            RETURNING *
            """;

    private static final String PUBLISHED = """
            SELECT * FROM status_page
             WHERE published OR (link_hash IS NOT NULL AND content -> 'published' = 'true')
             ORDER BY id
             LIMIT :limit
            """;

    private static final String RENEW = """
            UPDATE status_page
               SET link_hash = decode(:linkHash, 'hex'), version = version + 1, updated_at = clock_timestamp()
             WHERE id = :id AND team_id = :teamId AND link_hash IS NOT NULL
            RETURNING *
            """;

    private final JdbcClient jdbc;

    PageTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A new page.
     *
     * @param linkHash of a token that shows it, if it is a page by link
     * @throws org.springframework.dao.DuplicateKeyException if another page has its slug or domain
     */
    Page insert(int teamId, PageBody body, String linkHash) {
        return written(INSERT, teamId, body)
                .param("linkHash", body.isByLink() ? linkHash : null)
                .query(PageTable::read)
                .single();
    }

    /**
     * A page as it is to be. Its link works on while it is a page by link.
     *
     * @param linkHash of a token that shows it, if it becomes a page by link
     * @throws org.springframework.dao.DuplicateKeyException if another page has its slug or domain
     */
    Optional<Page> update(int teamId, int id, PageBody body, String linkHash) {
        return written(UPDATE, teamId, body)
                .param("id", id)
                .param("byLink", body.isByLink())
                .param("linkHash", linkHash)
                .query(PageTable::read)
                .optional();
    }

    /** Another token shows a page from now on; empty where it is not a page by link. */
    Optional<Page> renew(int teamId, int id, String linkHash) {
        return jdbc.sql(RENEW)
                .param("teamId", teamId)
                .param("id", id)
                .param("linkHash", linkHash)
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

    /** All that everybody may see, or who has their links; at most so many. */
    List<Page> published(int limit) {
        return jdbc.sql(PUBLISHED).param("limit", limit).query(PageTable::read).list();
    }

    private JdbcClient.StatementSpec written(String sql, int teamId, PageBody body) {
        return jdbc.sql(sql)
                .param("teamId", teamId)
                .param("slug", body.slug())
                .param("domain", body.domain())
                .param("public", body.isPublished() && !body.isByLink())
                .param("content", JSON.writeValueAsString(body));
    }

    private static Page read(ResultSet row, int number) throws SQLException {
        byte[] linkHash = row.getBytes("link_hash");
        return new Page(
                row.getInt("id"),
                row.getInt("team_id"),
                JSON.readValue(row.getString("content"), PageBody.class),
                linkHash == null ? null : HexFormat.of().formatHex(linkHash),
                row.getLong("version"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
