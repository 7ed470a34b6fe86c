package io.healthchecker.core.team;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tables {@code team} and {@code team_member}, as far as an installation's first account and the teams of its files and
 * namespaces have to find each other, whichever of them is there first (docs/decisions/0005). Call it inside a transaction.
 */
public final class FirstTeamTable {
    /** Name of the team that files belong to where there is none yet. */
    public static final String NAME = "default";

    // both sides take it, so that neither overlooks the other; it ends with the transaction
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext('hc.first-team'))";

    private static final String WITHOUT_MEMBERS = """
            INSERT INTO team_member (team_id, account_id, role)
            SELECT t.id, :accountId, :role
              FROM team AS t
             WHERE NOT EXISTS (SELECT FROM team_member AS m WHERE m.team_id = t.id)
               AND NOT EXISTS (SELECT FROM account AS a WHERE a.id <> :accountId)
            RETURNING team_id
            """;

    private static final String OLDEST_ACCOUNT = """
            INSERT INTO team_member (team_id, account_id, role)
            SELECT :teamId, min(a.id), :role FROM account AS a HAVING count(*) > 0
            """;

    private final JdbcClient jdbc;

    public FirstTeamTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes a new account the admin of the team that it begins in: those without members if it is the first account, or
     * else a new one of its own. Call it in the transaction that inserted the account.
     *
     * @return id of the team
     */
    public int join(int accountId, String ownName) {
        lock();
        List<Integer> joined = jdbc.sql(WITHOUT_MEMBERS)
                .param("accountId", accountId)
                .param("role", Role.ADMIN.code())
                .query((row, _) -> row.getInt(1))
                .list();
        if (!joined.isEmpty()) {
            return Collections.min(joined);
        }
        int own = insert(ownName);
        jdbc.sql("INSERT INTO team_member (team_id, account_id, role) VALUES (:teamId, :accountId, :role)")
                .param("teamId", own)
                .param("accountId", accountId)
                .param("role", Role.ADMIN.code())
                .update();
        return own;
    }

    /**
     * The team that files belong to: the oldest of that name, or the oldest at all where no name is given. It is made if
     * there is none, and then the oldest account is its admin.
     *
     * @return id of the team
     */
    public int ofFiles(@Nullable String name) {
        lock();
        Optional<Integer> oldest = oldest(name);
        if (oldest.isPresent()) {
            return oldest.get();
        }
        return made(name == null ? NAME : name);
    }

    /**
     * A new team, whatever others are called; the oldest account is its admin.
     *
     * @return id of the team
     */
    public int ofNamespace(String name) {
        lock();
        return made(name);
    }

    private int made(String name) {
        int made = insert(name);
        jdbc.sql(OLDEST_ACCOUNT)
                .param("teamId", made)
                .param("role", Role.ADMIN.code())
                .update();
        return made;
    }

    /** A team by its id. */
    public Optional<Integer> find(int id) {
        return jdbc.sql("SELECT id FROM team WHERE id = :id")
                .param("id", id)
                .query(Integer.class)
                .optional();
    }

    private Optional<Integer> oldest(@Nullable String name) {
        return jdbc.sql("SELECT id FROM team WHERE CAST(:name AS text) IS NULL OR name = :name ORDER BY id LIMIT 1")
                .param("name", name)
                .query(Integer.class)
                .optional();
    }

    private int insert(String name) {
        return jdbc.sql("INSERT INTO team (name) VALUES (:name) RETURNING id")
                .param("name", name)
                .query(Integer.class)
                .single();
    }

    private void lock() {
        jdbc.sql(LOCK).query((row, number) -> true).single();
    }
}
