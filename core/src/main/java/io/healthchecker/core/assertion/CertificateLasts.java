package io.healthchecker.core.assertion;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The server's certificate is valid for so many more days. */
record CertificateLasts(int days) implements Expectation {
    @Override
    public @Nullable String failure(Answer answer, Instant now) {
        Certificate certificate = answer.facts().certificate();
        if (certificate == null) {
            return "there is no certificate; one that lasts %d more days is expected".formatted(days);
        }
        Instant notAfter = certificate.notAfter();
        Duration left = Duration.between(now, notAfter);
        return left.compareTo(Duration.ofDays(days)) >= 0
                ? null
                : "certificate (valid until %s, %d days) does not last %d more days"
                        .formatted(notAfter, left.toDays(), days);
    }
}
