package io.healthchecker.api.auth;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.team.Account;
import io.healthchecker.core.team.AccountTable;
import io.healthchecker.core.team.FirstTeamTable;
import io.healthchecker.core.team.Invitation;
import io.healthchecker.core.team.InvitationTable;
import io.healthchecker.core.team.Membership;
import io.healthchecker.core.team.MembershipTable;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who can sign in, and the teams that they are in. */
final class Accounts {
    private final TransactionTemplate transaction;
    private final AccountTable accounts;
    private final FirstTeamTable firstTeams;
    private final MembershipTable memberships;
    private final InvitationTable invitations;

    Accounts(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.transaction = new TransactionTemplate(transactions);
        this.accounts = new AccountTable(jdbc);
        this.firstTeams = new FirstTeamTable(jdbc);
        this.memberships = new MembershipTable(jdbc);
        this.invitations = new InvitationTable(jdbc);
    }

    /** Adds an account with a team to begin in; empty if one has that address. */
    Optional<Account> add(String email, Secret passwordHash) {
        return transaction.execute(status -> {
            Optional<Account> added = accounts.insert(email, passwordHash);
            added.ifPresent(account -> firstTeams.join(account.id(), email));
            return added;
        });
    }

    /** The same for somebody who was invited, and who joins the team of the invitation as well. */
    Optional<Account> addInvited(String email, Secret passwordHash, Secret invitation) {
        return transaction.execute(status -> {
            Optional<Account> added = accounts.insert(email, passwordHash);
            added.ifPresent(account -> {
                firstTeams.join(account.id(), email);
                Invitation accepted = invitations
                        .accept(InvitationCode.hash(invitation), email)
                        .orElseThrow(() -> ProblemException.invalid(InvitationCode.HEADER, InvitationCode.REFUSED));
                memberships.insert(accepted.teamId(), account.id(), accepted.role());
            });
            return added;
        });
    }

    Optional<Account> find(int id) {
        return accounts.find(id);
    }

    Optional<Account> find(String email) {
        return accounts.find(email);
    }

    Optional<Secret> passwordHash(String email) {
        return accounts.passwordHash(email);
    }

    /** The teams of an account, its own first. */
    List<Membership> teams(int accountId) {
        return memberships.ofAccount(accountId);
    }

    Optional<Membership> membership(int teamId, int accountId) {
        return memberships.find(teamId, accountId);
    }

    Optional<Membership> firstMembership(int accountId) {
        return memberships.first(accountId);
    }
}
