package io.healthchecker.api.heartbeat;

import io.healthchecker.core.secret.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/** What lets a service report, and nothing else: 192 random bits. Never prints itself. */
record PingToken(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    static PingToken random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new PingToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** As stored; a text that is no token at all has one, too, so that it is looked for like any other. */
    byte[] hash() {
        return Sha256.of(text);
    }

    String path() {
        return "/api/v1/heartbeats/" + text;
    }

    @Override
    public String toString() {
        return "***";
    }
}
