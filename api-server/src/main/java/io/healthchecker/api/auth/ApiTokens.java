package io.healthchecker.api.auth;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.Sha256;
import io.healthchecker.core.team.ApiToken;
import io.healthchecker.core.team.ApiTokenTable;
import io.healthchecker.core.team.Role;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tokens that programs call with: long-lived, of one team, never more than their owner may. */
final class ApiTokens {
    /** How each begins, so that whoever finds one knows what it is. */
    static final String PREFIX = "hct_";

    private static final int MOST = 200;

    private final ApiTokenTable table;
    private final SecureRandom random = new SecureRandom();

    ApiTokens(JdbcClient jdbc) {
        this.table = new ApiTokenTable(jdbc);
    }

    /** A new token, which is not stored and cannot be shown again, and what is known of it. */
    record Issued(Secret token, ApiToken known) {}

    /** @param wall whether it is for a screen on a wall, and nothing else */
    Issued issue(Principal principal, String name, Role scope, boolean wall, Duration lifetime) {
        if (table.ofTeam(principal.teamId(), MOST).size() >= MOST) {
            throw ProblemException.conflict("the team has %d tokens already; revoke some".formatted(MOST));
        }
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        Secret token =
                new Secret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        ApiToken known = table.insert(
                principal.teamId(), principal.accountId(), name, scope, wall, hash(token.reveal()), lifetime);
        return new Issued(token, known);
    }

    /** Those of a team that a member may see: their own, or all for an admin. */
    List<ApiToken> list(Principal principal) {
        return table.ofTeam(principal.teamId(), MOST).stream()
                .filter(token -> isVisible(principal, token))
                .toList();
    }

    /** Ends a token, at once. */
    ApiToken revoke(Principal principal, long id) {
        ApiToken token = table.find(principal.teamId(), id)
                .filter(found -> isVisible(principal, found))
                .orElseThrow(() -> ProblemException.notFound("there is no token %d in this team".formatted(id)));
        table.revoke(id);
        return token;
    }

    /**
     * Who a token lets in.
     *
     * @throws ProblemException if it is not a token of ours, or no longer one
     */
    Tickets.Holder holderOf(String text, String from) {
        ApiToken token = table.valid(hash(text))
                .orElseThrow(() -> AccessTokens.refused("the API token is not valid, has expired or was revoked"));
        table.used(token.id(), from);
        return new Tickets.Holder(
                token.accountId(),
                token.teamId(),
                token.expiresAt().toEpochMilli(),
                new Tickets.Limits(token.scope(), token.id(), token.wall()));
    }

    private static boolean isVisible(Principal principal, ApiToken token) {
        return principal.role().atLeast(Role.ADMIN) || token.accountId() == principal.accountId();
    }

    private static byte[] hash(String token) {
        return Sha256.of(token);
    }
}
