package io.healthchecker.api.page;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A token that stands for a page in addresses, instead of its slug: who has it sees the page. Only its hash is stored. */
final class PageLink {
    private static final String PREFIX = "hcp_"; // no slug begins so, and whoever finds one knows what it is
    private static final int BYTES = 32;
    private static final Pattern LOOK = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private PageLink() {}

    static Secret random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Secret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether a name in an address is such a token, and no slug. */
    static boolean looksLike(String name) {
        return LOOK.matcher(name).matches();
    }

    /** SHA-256, in hexadecimal digits. */
    static String hash(Secret token) {
        return HexFormat.of().formatHex(Sha256.of(token.reveal()));
    }
}
