package io.healthchecker.api.auth;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of access tokens: the one that signs, and the one before it while its tokens live. */
final class JwtKeys {
    private static final Logger LOG = LoggerFactory.getLogger(JwtKeys.class);
    private static final int MIN_BYTES = 32;

    private final Map<String, SecretKey> byId = new LinkedHashMap<>();
    private final String currentId;
    private final SecretKey current;

    private JwtKeys(Secret current, @Nullable Secret previous) {
        if (previous != null) {
            byId.put(id(previous), key(previous));
        }
        this.currentId = id(current);
        this.current = key(current);
        byId.put(currentId, this.current);
    }

    /**
     * Keys made of secrets.
     *
     * @throws IllegalArgumentException if the secret is missing, or too short in production
     */
    static JwtKeys of(@Nullable Secret current, @Nullable Secret previous, boolean production) {
        if (current == null) {
            throw new IllegalArgumentException(
                    "JWT_SECRET is missing; it needs at least %d bytes, for example from: openssl rand -base64 32"
                            .formatted(MIN_BYTES));
        }
        check("JWT_SECRET", current, production);
        if (previous != null) {
            check("JWT_SECRET_PREVIOUS", previous, production);
        }
        return new JwtKeys(current, previous);
    }

    private static void check(String name, Secret secret, boolean production) {
        int bytes = bytes(secret).length;
        if (bytes >= MIN_BYTES) {
            return;
        }
        String message = "%s has %d bytes; it needs at least %d, for example from: openssl rand -base64 32"
                .formatted(name, bytes, MIN_BYTES);
        if (production) {
            throw new IllegalArgumentException(message);
        }
        LOG.warn("{}; accepted in development only", message);
    }

    /** Name of the key that signs. */
    String currentId() {
        return currentId;
    }

    /** The key that signs. */
    SecretKey current() {
        return current;
    }

    /** The key of a name that a token bears, null if it is none of ours. */
    @Nullable
    SecretKey find(@Nullable Object id) {
        return id instanceof String name ? byId.get(name) : null;
    }

    private static SecretKey key(Secret secret) {
        byte[] bytes = bytes(secret);
        // HS256 asks for 32 bytes: a shorter secret, which only development accepts, is stretched
        return new SecretKeySpec(bytes.length >= MIN_BYTES ? bytes : Sha256.of(bytes), "HmacSHA256");
    }

    private static String id(Secret secret) {
        return HexFormat.of().formatHex(Sha256.of("kid " + secret.reveal()), 0, 4);
    }

    private static byte[] bytes(Secret secret) {
        return secret.reveal().getBytes(StandardCharsets.UTF_8);
    }
}
