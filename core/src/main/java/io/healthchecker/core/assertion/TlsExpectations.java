package io.healthchecker.core.assertion;

import io.healthchecker.crds.probe.TlsProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a TLS probe expects of a handshake and its certificate. */
final class TlsExpectations {
    private TlsExpectations() {}

    static List<Expectation> of(TlsProbe probe) {
        List<Expectation> all = new ArrayList<>();
        if (probe.certificateExpiresInDays() != null) {
            all.add(new CertificateLasts(probe.certificateExpiresInDays()));
        }
        Integer days = probe.chainExpiresInDays();
        if (days != null) {
            all.add((answer, now) -> ifShown(answer, certificate -> chain(certificate, days, now)));
        }
        String oldest = probe.minimumVersion();
        if (oldest != null) {
            all.add((answer, _) -> ifShown(answer, certificate -> version(certificate, oldest)));
        }
        String fingerprint = probe.certificateSha256();
        if (fingerprint != null) {
            all.add((answer, _) ->
                    ifShown(answer, certificate -> fingerprint(certificate, fingerprint.toLowerCase(Locale.ROOT))));
        }
        List<String> ciphers = probe.expectedCiphers();
        if (ciphers != null) {
            all.add((answer, _) -> ifShown(answer, certificate -> cipher(certificate, ciphers)));
        }
        return all;
    }

    private static @Nullable String ifShown(Answer answer, Function<Certificate, @Nullable String> failure) {
        Certificate certificate = answer.facts().certificate();
        return certificate == null ? "there is no certificate" : failure.apply(certificate);
    }

    private static @Nullable String chain(Certificate certificate, int days, Instant now) {
        Instant end = Collections.min(certificate.ends());
        Duration left = Duration.between(now, end);
        return left.compareTo(Duration.ofDays(days)) >= 0
                ? null
                : "chain (certificate %d of %d is valid until %s, %d days) does not last %d more days"
                        .formatted(
                                certificate.ends().indexOf(end) + 1,
                                certificate.ends().size(),
                                end,
                                left.toDays(),
                                days);
    }

    // the names of versions stand in alphabetical order
    private static @Nullable String version(Certificate certificate, String oldest) {
        return certificate.protocol().compareTo(oldest) >= 0
                ? null
                : "version (%s) is older than %s".formatted(certificate.protocol(), oldest);
    }

    private static @Nullable String fingerprint(Certificate certificate, String expected) {
        return certificate.fingerprint().equals(expected)
                ? null
                : "certificate (SHA-256 %s) is not %s".formatted(certificate.fingerprint(), expected);
    }

    private static @Nullable String cipher(Certificate certificate, List<String> expected) {
        return expected.contains(certificate.cipher())
                ? null
                : "cipher (%s) is none of %s".formatted(certificate.cipher(), String.join(", ", expected));
    }
}
