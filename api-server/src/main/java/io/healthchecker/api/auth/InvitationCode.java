package io.healthchecker.api.auth;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/** What stands in the link of an invitation; only its hash is stored. */
public final class InvitationCode {
    /** Brings one when somebody registers, so that they may even where registration is closed. */
    public static final String HEADER = "X-Invitation";

    /** What is said of one that cannot be used, whatever the reason. */
    public static final String REFUSED =
            "the invitation is not valid: it was used, withdrawn, has expired, or is for another address";

    private static final SecureRandom RANDOM = new SecureRandom();

    private InvitationCode() {}

    public static Secret random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    public static byte[] hash(Secret code) {
        return Sha256.of(code.reveal());
    }
}
