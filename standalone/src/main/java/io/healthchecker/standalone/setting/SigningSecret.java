package io.healthchecker.standalone.setting;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.standalone.StartFailure;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code JWT_SECRET}: what tokens are signed with. Every api-server of an installation has the same. */
final class SigningSecret {
    private static final int BYTES = 32;

    private SigningSecret() {}

    /** Refuses a short one in production; the api-server warns of it in development. */
    static Optional<Secret> of(Variables variables, Mode mode) {
        Optional<String> value = variables.get("JWT_SECRET");
        int length =
                value.map(text -> text.getBytes(StandardCharsets.UTF_8).length).orElse(BYTES);
        if (mode == Mode.PRODUCTION && length < BYTES) {
            throw new StartFailure(
                    "JWT_SECRET has %d bytes; it needs at least %d, for example from: openssl rand -base64 32"
                            .formatted(length, BYTES));
        }
        return value.map(Secret::new);
    }
}
