package io.healthchecker.core.secret;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the key comes from that encrypts secrets at rest: the operator and every worker have to have the same. */
public final class SecretKeys {
    private SecretKeys() {}

    /**
     * The cipher of this installation: by {@code SECRET_KEY}, or else by {@code JWT_SECRET}. With the latter, whoever
     * rotates what signs tokens also makes unreadable what is encrypted, until the operator has encrypted it anew.
     *
     * @param secretKey at least {@value SecretCipher#MIN_KEY_BYTES} bytes, null or blank where it is not set
     * @param jwtSecret used only if it is that long as well
     * @return empty if there is no key: then no secret can be stored or read
     * @throws IllegalArgumentException if {@code SECRET_KEY} is set and too short
     */
    public static Optional<SecretCipher> cipher(@Nullable String secretKey, @Nullable String jwtSecret) {
        if (secretKey != null && !secretKey.isBlank()) {
            return Optional.of(SecretCipher.of(new Secret(secretKey)));
        }
        if (jwtSecret == null || jwtSecret.getBytes(StandardCharsets.UTF_8).length < SecretCipher.MIN_KEY_BYTES) {
            return Optional.empty();
        }
        return Optional.of(SecretCipher.of(new Secret(jwtSecret)));
    }
}
