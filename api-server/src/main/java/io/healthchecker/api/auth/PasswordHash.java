package io.healthchecker.api.auth;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.ProblemType;
import io.healthchecker.core.secret.Secret;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Argon2id, with no more of its memory in use at a time than is set. */
final class PasswordHash {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19_456; // OWASP's second choice: 19 MiB, two passes
    private static final int PASSES = 2;
    private static final int PATIENCE_SECONDS = 10;

    // what the password of an address without account is compared to: the same work, and never a match
    private static final Secret NOBODY = new Secret(
            "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s".formatted(MEMORY_KIB, PASSES, LANES, "A".repeat(22), "A".repeat(43)));

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore permits;
    private final AuthMetrics metrics;

    PasswordHash(int concurrent, AuthMetrics metrics) {
        this.permits = new Semaphore(concurrent, true);
        this.metrics = metrics;
    }

    /** A salted hash of a password. */
    Secret of(Secret password) {
        return bounded(() -> new Secret(String.valueOf(argon2.encode(password.reveal()))));
    }

    /** Whether a password has a hash; takes as long where there is none. */
    boolean matches(Secret password, Optional<Secret> hash) {
        boolean matches = bounded(
                () -> argon2.matches(password.reveal(), hash.orElse(NOBODY).reveal()));
        return matches && hash.isPresent();
    }

    private <T> T bounded(Supplier<T> work) {
        try {
            if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new ProblemException(
                                ProblemType.UNAVAILABLE, "too many people sign in at once; try again in a few seconds")
                        .withHeader("Retry-After", "5");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "this server is about to stop; try again");
        }
        try {
            metrics.hashed();
            return work.get();
        } finally {
            permits.release();
        }
    }
}
