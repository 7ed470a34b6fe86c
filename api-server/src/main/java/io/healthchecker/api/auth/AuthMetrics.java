package io.healthchecker.api.auth;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What is counted of signing in. */
final class AuthMetrics {
    private final Counter hashes;
    private final Counter failures;
    private final Counter limited;
    private final Counter reused;

    AuthMetrics(MeterRegistry registry) {
        this.hashes = Counter.builder("hc.auth.password.hashes")
                .description("Passwords hashed, to store or to compare")
                .register(registry);
        this.failures = Counter.builder("hc.auth.login.failures")
                .description("Log-ins refused: unknown e-mail or wrong password")
                .register(registry);
        this.limited = Counter.builder("hc.auth.limited")
                .description("Requests refused since an address or account made too many")
                .register(registry);
        this.reused = Counter.builder("hc.auth.refresh.reused")
                .description("Refresh tokens used twice, which ended their family")
                .register(registry);
    }

    void hashed() {
        hashes.increment();
    }

    void failed() {
        failures.increment();
    }

    void limited() {
        limited.increment();
    }

    void reused() {
        reused.increment();
    }
}
