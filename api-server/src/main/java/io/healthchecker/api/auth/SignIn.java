package io.healthchecker.api.auth;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.team.Account;
import io.healthchecker.core.team.Membership;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registering, logging in, refreshing and logging out. Neither text nor work tells which addresses have an account. */
final class SignIn {
    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

    private final Accounts accounts;
    private final PasswordHash passwords;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final AuthMetrics metrics;

    SignIn(
            Accounts accounts,
            PasswordHash passwords,
            AccessTokens accessTokens,
            RefreshTokens refreshTokens,
            AuthMetrics metrics) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.metrics = metrics;
    }

    SessionView register(Credentials credentials, @Nullable Secret invitation) {
        credentials.refuseUnfit();
        // hashed before anybody knows whether the address is free, so that both take as long
        Secret hash = passwords.of(credentials.secret());
        Optional<Account> added = invitation == null
                ? accounts.add(credentials.address(), hash)
                : accounts.addInvited(credentials.address(), hash, invitation);
        Account account = added.orElseThrow(() ->
                ProblemException.conflict("email", "email is registered already; log in, or use another address"));
        LOG.info("account registered account={}", account.id());
        return begin(account);
    }

    /** Empty if the address is unknown or the password is wrong; which of them is not told. */
    Optional<SessionView> logIn(Credentials credentials) {
        credentials.refuseIncomplete();
        Optional<Secret> hash = accounts.passwordHash(credentials.address());
        boolean right = passwords.matches(credentials.secret(), hash);
        Optional<Account> account = right ? accounts.find(credentials.address()) : Optional.empty();
        if (account.isEmpty()) {
            metrics.failed();
        }
        return account.map(this::begin);
    }

    SessionView refresh(Secret token) {
        return refreshed(refreshTokens.renew(token));
    }

    /** The same for a browser, whose tabs share one token and may come with it at the same time. */
    SessionView refreshBrowser(Secret token) {
        return refreshed(refreshTokens.renewShared(token));
    }

    private SessionView refreshed(Optional<RefreshTokens.Issued> renewed) {
        return renewed.flatMap(
                        issued -> accounts.find(issued.accountId()).map(account -> session(account, issued.token())))
                .orElseThrow(() -> AccessTokens.refused("the refresh token is not valid any more; log in again"));
    }

    /** Ends the session of a refresh token, or every session of the account where none is given. */
    void logOut(int accountId, @Nullable String token) {
        if (token == null) {
            refreshTokens.endAll(accountId);
        } else {
            refreshTokens.end(accountId, new Secret(token));
        }
    }

    private SessionView begin(Account account) {
        return session(account, refreshTokens.begin(account.id()).token());
    }

    private SessionView session(Account account, Secret refreshToken) {
        List<Membership> teams = accounts.teams(account.id());
        return new SessionView(
                accessTokens.issue(account.id()),
                "Bearer",
                accessTokens.lifetime().toSeconds(),
                refreshToken.reveal(),
                SessionView.user(account, teams));
    }
}
