package io.healthchecker.api.team;

import io.healthchecker.api.auth.InvitationCode;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.team.Account;
import io.healthchecker.core.team.Invitation;
import io.healthchecker.core.team.InvitationTable;
import io.healthchecker.core.team.Membership;
import io.healthchecker.core.team.MembershipTable;
import io.healthchecker.core.team.Role;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Links by which somebody joins a team: each works once, for a while. */
final class Invitations {
    private static final int MOST = 200;

    private final TransactionTemplate transaction;
    private final InvitationTable table;
    private final MembershipTable memberships;

    Invitations(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.transaction = new TransactionTemplate(transactions);
        this.table = new InvitationTable(jdbc);
        this.memberships = new MembershipTable(jdbc);
    }

    /** An invitation, and the code that is in its link and nowhere else. */
    record Issued(Secret code, Invitation known) {}

    Issued issue(int teamId, @Nullable String email, Role role, String by, Duration lifetime) {
        if (table.open(teamId, MOST).size() >= MOST) {
            throw ProblemException.conflict("%d invitations are open already; withdraw some".formatted(MOST));
        }
        Secret code = InvitationCode.random();
        return new Issued(code, table.insert(teamId, email, role, InvitationCode.hash(code), by, lifetime));
    }

    List<Invitation> open(int teamId) {
        return table.open(teamId, MOST);
    }

    void withdraw(int teamId, long id) {
        if (!table.delete(teamId, id)) {
            throw ProblemException.notFound("there is no open invitation %d in this team".formatted(id));
        }
    }

    /** Lets an account join the team of a code; who is a member already keeps the role. */
    Membership accept(Account account, Secret code) {
        return transaction.execute(status -> {
            Invitation invitation = table.accept(InvitationCode.hash(code), account.email())
                    .orElseThrow(() -> ProblemException.invalid("invite", InvitationCode.REFUSED));
            memberships.insert(invitation.teamId(), account.id(), invitation.role());
            return memberships.find(invitation.teamId(), account.id()).orElseThrow();
        });
    }
}
