package io.healthchecker.api.view;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code saved_view}. */
final class SavedViewTable {
    private static final String INSERT = """
            INSERT INTO saved_view (team_id, account_id, name, query, shared)
            VALUES (:team, :account, :name, :query, :shared)
            RETURNING id
            """;

    private static final String VISIBLE = """
            SELECT v.id, v.account_id, a.email, v.name, v.query, v.shared, v.created_at
              FROM saved_view v
              JOIN account a ON a.id = v.account_id
             WHERE v.team_id = :team AND (v.shared OR v.account_id = :account)
             ORDER BY lower(v.name), v.id
            """;

    private final JdbcClient jdbc;

    SavedViewTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.DuplicateKeyException if the account has one of this name */
    long insert(int teamId, int accountId, String name, String query, boolean shared) {
        return jdbc.sql(INSERT)
                .param("team", teamId)
                .param("account", accountId)
                .param("name", name)
                .param("query", query)
                .param("shared", shared)
                .query(Long.class)
                .single();
    }

    /** Those that an account sees in a team: its own, and those that others share; by name. */
    List<SavedView> visible(int teamId, int accountId) {
        return jdbc.sql(VISIBLE)
                .param("team", teamId)
                .param("account", accountId)
                .query(SavedViewTable::read)
                .list();
    }

    void delete(int teamId, long id) {
        jdbc.sql("DELETE FROM saved_view WHERE team_id = :team AND id = :id")
                .param("team", teamId)
                .param("id", id)
                .update();
    }

    private static SavedView read(ResultSet row, int number) throws SQLException {
        return new SavedView(
                row.getLong("id"),
                row.getInt("account_id"),
                row.getString("email"),
                row.getString("name"),
                row.getString("query"),
                row.getBoolean("shared"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
