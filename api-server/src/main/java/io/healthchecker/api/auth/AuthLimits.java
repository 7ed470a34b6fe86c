package io.healthchecker.api.auth;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.ProblemType;
import io.healthchecker.core.secret.Sha256;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;

/** How often one address and one account may try. Each replica counts for itself. */
final class AuthLimits {
    private final RateLimit addresses;
    private final RateLimit accounts;
    private final AuthMetrics metrics;

    AuthLimits(AuthSettings settings, Ticker ticker, AuthMetrics metrics) {
        this.addresses = new RateLimit(settings.perAddress(), Duration.ofMinutes(1), ticker);
        this.accounts = new RateLimit(settings.perAccount(), Duration.ofMinutes(15), ticker);
        this.metrics = metrics;
    }

    /** Counts a request of an address; refuses it where there were too many. */
    void request(String address) {
        refuse(addresses.take(network(address)), "this address");
    }

    /** Counts an attempt to log in to an account; refuses it where too many failed. */
    void attempt(String email) {
        refuse(accounts.take(key(email)), "this account");
    }

    /** An attempt that was right after all does not count. */
    void succeeded(String email) {
        accounts.giveBack(key(email));
    }

    private void refuse(long seconds, String whose) {
        if (seconds > 0) {
            metrics.limited();
            throw new ProblemException(
                            ProblemType.TOO_MANY_REQUESTS,
                            "too many attempts from %s; try again in %d s"
                                    .formatted(whose, seconds)
                                    .replace("from this account", "to log in to this account"))
                    .withHeader("Retry-After", Long.toString(seconds));
        }
    }

    // an address is anything that somebody sent: keep a short key of it
    private static String key(String email) {
        return HexFormat.of().formatHex(Sha256.of(email.toLowerCase(Locale.ROOT)), 0, 16);
    }

    // who has one IPv6 address has 2^64 of them
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] groups = address.split(":", -1);
        return groups.length < 8 ? address : String.join(":", groups[0], groups[1], groups[2], groups[3]);
    }
}
