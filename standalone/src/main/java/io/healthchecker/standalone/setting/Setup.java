package io.healthchecker.standalone.setting;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.SecretCipher;
import io.healthchecker.standalone.StartFailure;
import java.util.Optional;

/** What the environment says of a process, each part found good or absent. */
public record Setup(
        Mode mode,
        Optional<Port> port,
        Optional<DatabaseAddress> database,
        Optional<RedisAddress> redis,
        Optional<Secret> signingSecret) {

    /** Throws {@link StartFailure} at the first variable that is broken, and names it. */
    public static Setup of(Variables variables) {
        Mode mode = Mode.of(variables);
        variables.get("SECRET_KEY").ifPresent(Setup::demandLength);
        return new Setup(
                mode,
                variables.get("PORT").map(value -> Port.parse("PORT", value)),
                variables.get("DATABASE_URL").map(value -> DatabaseAddress.parse("DATABASE_URL", value)),
                variables.get("REDIS_URL").map(value -> RedisAddress.parse("REDIS_URL", value)),
                SigningSecret.of(variables, mode));
    }

    private static void demandLength(String secretKey) {
        try {
            SecretCipher.of(new Secret(secretKey));
        } catch (IllegalArgumentException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    /** What to throw where a process cannot do without a variable. */
    public static StartFailure missing(String name, String example) {
        return new StartFailure("%s is not set; it must look like %s".formatted(name, example));
    }
}
