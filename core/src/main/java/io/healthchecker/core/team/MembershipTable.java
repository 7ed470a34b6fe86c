package io.healthchecker.core.team;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code team_member}. */
public final class MembershipTable {
    private static final int MOST_TEAMS = 1_000;

    private static final String SELECT = """
            SELECT m.team_id, t.name, m.account_id, a.email, m.role
              FROM team_member AS m JOIN team AS t ON t.id = m.team_id JOIN account AS a ON a.id = m.account_id
            """;

    // the own team was made with the account, so it is the oldest
    private static final String FIRST =
            SELECT + " WHERE m.account_id = :accountId ORDER BY m.created_at, m.team_id LIMIT 1";

    private final JdbcClient jdbc;

    public MembershipTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a member, or nothing if the account is one; returns whether it was added. */
    public boolean insert(int teamId, int accountId, Role role) {
        return jdbc.sql("""
                        INSERT INTO team_member (team_id, account_id, role) VALUES (:teamId, :accountId, :role)
                        ON CONFLICT DO NOTHING
                        """)
                        .param("teamId", teamId)
                        .param("accountId", accountId)
                        .param("role", role.code())
                        .update()
                == 1;
    }

    /** Gives a member another role; returns whether there is such a member. */
    public boolean update(int teamId, int accountId, Role role) {
        return jdbc.sql("UPDATE team_member SET role = :role WHERE team_id = :teamId AND account_id = :accountId")
                        .param("teamId", teamId)
                        .param("accountId", accountId)
                        .param("role", role.code())
                        .update()
                == 1;
    }

    /** Removes a member; returns whether there was such a member. */
    public boolean delete(int teamId, int accountId) {
        return jdbc.sql("DELETE FROM team_member WHERE team_id = :teamId AND account_id = :accountId")
                        .param("teamId", teamId)
                        .param("accountId", accountId)
                        .update()
                == 1;
    }

    public Optional<Membership> find(int teamId, int accountId) {
        return jdbc.sql(SELECT + " WHERE m.team_id = :teamId AND m.account_id = :accountId")
                .param("teamId", teamId)
                .param("accountId", accountId)
                .query(MembershipTable::read)
                .optional();
    }

    /** The team in which an account works unless it says otherwise: the one that it joined first. */
    public Optional<Membership> first(int accountId) {
        return jdbc.sql(FIRST)
                .param("accountId", accountId)
                .query(MembershipTable::read)
                .optional();
    }

    /** The teams of an account, in the order in which it joined them; the first thousand of them. */
    public List<Membership> ofAccount(int accountId) {
        return jdbc.sql(SELECT + " WHERE m.account_id = :accountId ORDER BY m.created_at, m.team_id LIMIT :most")
                .param("accountId", accountId)
                .param("most", MOST_TEAMS)
                .query(MembershipTable::read)
                .list();
    }

    /** All memberships of some accounts. */
    public List<Membership> ofAccounts(Collection<Integer> accountIds) {
        return jdbc.sql(SELECT + " WHERE m.account_id = ANY(:accountIds)")
                .param("accountIds", accountIds.toArray(Integer[]::new))
                .query(MembershipTable::read)
                .list();
    }

    /** The members of a team with account ids above one, by these ids. */
    public List<Membership> ofTeam(int teamId, int after, int limit) {
        return jdbc.sql(SELECT
                        + " WHERE m.team_id = :teamId AND m.account_id > :after ORDER BY m.account_id LIMIT :limit")
                .param("teamId", teamId)
                .param("after", after)
                .param("limit", limit)
                .query(MembershipTable::read)
                .list();
    }

    /** How many members of a team have a role. */
    public int count(int teamId, Role role) {
        return jdbc.sql("SELECT count(*) FROM team_member WHERE team_id = :teamId AND role = :role")
                .param("teamId", teamId)
                .param("role", role.code())
                .query(Integer.class)
                .single();
    }

    private static Membership read(ResultSet row, int number) throws SQLException {
        return new Membership(
                row.getInt("team_id"),
                row.getString("name"),
                row.getInt("account_id"),
                row.getString("email"),
                Role.of(row.getInt("role")));
    }
}
