package io.healthchecker.api.auth;

import io.healthchecker.core.secret.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people sign in.
 *
 * @param jwtSecret signs access tokens; at least 32 bytes. Default: environment variable JWT_SECRET
 * @param jwtSecretPrevious its predecessor, whose tokens are still accepted. Default: JWT_SECRET_PREVIOUS
 * @param environment development or production; production refuses a short secret. Default: environment variable ENV
 * @param registration whether anybody may register. Default: true
 * @param accessLifetime of an access token, a minute to a day. Default: 15 minutes
 * @param refreshLifetime of a refresh token, an hour to a year. Default: 30 days
 * @param concurrentHashes how many passwords are hashed at a time, 19 MiB each, 1 to 64. Default: 2
 * @param perAddress requests to register, log in and refresh that one address may make a minute. Default: 300
 * @param perAccount wrong passwords for one e-mail address that are answered within 15 minutes. Default: 50
 */
@ConfigurationProperties("hc.auth")
public record AuthSettings(
        @Nullable String jwtSecret,
        @Nullable String jwtSecretPrevious,
        @DefaultValue("development") String environment,
        @DefaultValue("true") boolean registration,
        @DefaultValue("15m") Duration accessLifetime,
        @DefaultValue("30d") Duration refreshLifetime,
        @DefaultValue("2") int concurrentHashes,
        @DefaultValue("300") int perAddress,
        @DefaultValue("50") int perAccount) {
    public AuthSettings {
        within("hc.auth.access-lifetime", accessLifetime, Duration.ofMinutes(1), Duration.ofDays(1));
        within("hc.auth.refresh-lifetime", refreshLifetime, Duration.ofHours(1), Duration.ofDays(366));
        within("hc.auth.concurrent-hashes", concurrentHashes, 64);
        within("hc.auth.per-address", perAddress, 1_000_000);
        within("hc.auth.per-account", perAccount, 1_000_000);
        if (!environment.equals("development") && !environment.equals("production")) {
            throw new IllegalArgumentException(
                    "ENV is \"%s\"; it must be development or production".formatted(environment));
        }
    }

    /** The keys that sign and verify. */
    JwtKeys keys() {
        return JwtKeys.of(secret(jwtSecret), secret(jwtSecretPrevious), environment.equals("production"));
    }

    private static @Nullable Secret secret(@Nullable String text) {
        return text == null || text.isBlank() ? null : new Secret(text);
    }

    private static void within(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException("%s is %s; it must be %s to %s".formatted(name, value, min, max));
        }
    }

    private static void within(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException("%s is %d; it must be 1 to %d".formatted(name, value, max));
        }
    }

    @Override
    public String toString() {
        return "AuthSettings[secrets not shown]";
    }
}
