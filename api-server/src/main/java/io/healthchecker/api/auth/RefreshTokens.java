package io.healthchecker.api.auth;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.Sha256;
import io.healthchecker.core.team.RefreshTokenTable;
import io.healthchecker.core.team.RefreshTokenTable.Owner;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Long-lived tokens, each used once: its successor continues its family, and a token that comes twice was stolen from
 * somebody, so it ends the family.
 */
final class RefreshTokens {
    private static final int FAMILIES = 50; // devices and scripts of one account

    private static final Duration FORGIVEN = Duration.ofSeconds(10);

    private final RefreshTokenTable table;
    private final Duration lifetime;
    private final AuthMetrics metrics;
    private final SecureRandom random = new SecureRandom();

    RefreshTokens(JdbcClient jdbc, Duration lifetime, AuthMetrics metrics) {
        this.table = new RefreshTokenTable(jdbc);
        this.lifetime = lifetime;
        this.metrics = metrics;
    }

    /** A token, and whose it is. */
    record Issued(Secret token, int accountId) {}

    /** The first token of a new family. */
    Issued begin(int accountId) {
        Issued issued = next(new Owner(accountId, UUID.randomUUID()));
        table.trim(accountId, FAMILIES);
        return issued;
    }

    /** The successor of a token; empty if it cannot be used. */
    Optional<Issued> renew(Secret token) {
        byte[] hash = hash(token);
        Optional<Owner> owner = table.use(hash);
        if (owner.isEmpty()) {
            table.find(hash).ifPresent(known -> {
                metrics.reused();
                table.revoke(known.family());
            });
        }
        return owner.map(this::next);
    }

    /** As {@link #renew}, but a token may come again for a few seconds: from another tab, or after an answer was lost. */
    Optional<Issued> renewShared(Secret token) {
        Optional<Owner> owner = table.usedJustNow(hash(token), FORGIVEN);
        return owner.isPresent() ? owner.map(this::next) : renew(token);
    }

    /** Ends the family of a token, if it is of that account. */
    void end(int accountId, Secret token) {
        table.find(hash(token))
                .filter(owner -> owner.accountId() == accountId)
                .ifPresent(owner -> table.revoke(owner.family()));
    }

    /** Ends all families of an account. */
    void endAll(int accountId) {
        table.revokeAll(accountId);
    }

    private Issued next(Owner owner) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        Secret token = new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        table.insert(hash(token), owner, lifetime);
        return new Issued(token, owner.accountId());
    }

    private static byte[] hash(Secret token) {
        return Sha256.of(token.reveal());
    }
}
