package io.healthchecker.api.team;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.team.Account;
import io.healthchecker.core.team.AccountTable;
import io.healthchecker.core.team.Membership;
import io.healthchecker.core.team.MembershipTable;
import io.healthchecker.core.team.Role;
import io.healthchecker.core.team.TeamTable;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who is in a team. A team never loses its last admin. */
final class Members {
    private static final Logger LOG = LoggerFactory.getLogger(Members.class);

    private final TransactionTemplate transaction;
    private final AccountTable accounts;
    private final TeamTable teams;
    private final MembershipTable memberships;

    Members(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.transaction = new TransactionTemplate(transactions);
        this.accounts = new AccountTable(jdbc);
        this.teams = new TeamTable(jdbc);
        this.memberships = new MembershipTable(jdbc);
    }

    List<Membership> ofAccount(int accountId) {
        return memberships.ofAccount(accountId);
    }

    /** Those with account ids above one, by these ids. */
    List<Membership> ofTeam(int teamId, int after, int limit) {
        return memberships.ofTeam(teamId, after, limit);
    }

    Optional<Membership> find(int teamId, int accountId) {
        return memberships.find(teamId, accountId);
    }

    Membership add(int teamId, String email, Role role) {
        Account account = accounts.find(email)
                .orElseThrow(() -> ProblemException.invalid(
                        "email", "email is \"%s\", which has no account; it has to register first".formatted(email)));
        if (!memberships.insert(teamId, account.id(), role)) {
            throw ProblemException.conflict(
                    "email", "%s is a member already; change the role by PUT".formatted(account.email()));
        }
        LOG.info("member added team={} account={} role={}", teamId, account.id(), role);
        return memberships.find(teamId, account.id()).orElseThrow();
    }

    Membership change(int teamId, int accountId, Role role) {
        return guarded(teamId, () -> {
            if (!memberships.update(teamId, accountId, role)) {
                throw noMember(teamId, accountId);
            }
            LOG.info("member changed team={} account={} role={}", teamId, accountId, role);
            return memberships.find(teamId, accountId).orElseThrow();
        });
    }

    void remove(int teamId, int accountId) {
        boolean removed = guarded(teamId, () -> memberships.delete(teamId, accountId));
        if (!removed) {
            throw noMember(teamId, accountId);
        }
        LOG.info("member removed team={} account={}", teamId, accountId);
    }

    private <T> T guarded(int teamId, java.util.function.Supplier<T> change) {
        return transaction.execute(status -> {
            teams.lock(teamId);
            T result = change.get();
            if (memberships.count(teamId, Role.ADMIN) == 0) {
                throw ProblemException.conflict(
                        "the last admin of team %d must stay; make another member admin first".formatted(teamId));
            }
            return result;
        });
    }

    private static ProblemException noMember(int teamId, int accountId) {
        return ProblemException.notFound("account %d is no member of team %d".formatted(accountId, teamId));
    }
}
