package io.healthchecker.core.assertion;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was learned from a target, in a line for a person: of those protocols whose answer is more than a status. */
public final class Summary {
    private static final int SHOWN = 200;

    private Summary() {}

    /** Null where nothing was learned. */
    public static @Nullable String of(Answer answer) {
        if (answer.status() != 0) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        Certificate certificate = answer.facts().certificate();
        if (certificate != null) {
            parts.add(certificate(certificate));
        }
        DnsFacts dns = answer.facts().dns();
        if (dns != null) {
            parts.addFirst(dns(dns));
        }
        PingFacts ping = answer.facts().ping();
        if (ping != null) {
            parts.add(ping(ping));
        }
        return parts.isEmpty() ? null : Excerpt.of(String.join("; ", parts));
    }

    private static String dns(DnsFacts dns) {
        String values = dns.values().isEmpty() ? "" : ": " + Excerpt.of(String.join(", ", dns.values()), SHOWN);
        String aliases =
                dns.aliases().isEmpty() ? "" : ", by way of " + Excerpt.of(String.join(", ", dns.aliases()), SHOWN);
        return dns.code() + values + aliases;
    }

    private static String ping(PingFacts ping) {
        return "%d of %d replies, %d µs (%d to %d)"
                .formatted(ping.received(), ping.sent(), ping.meanMicros(), ping.minMicros(), ping.maxMicros());
    }

    private static String certificate(Certificate certificate) {
        return "%s %s, certificate for %s until %s, issued by %s"
                .formatted(
                        certificate.protocol(),
                        certificate.cipher(),
                        Excerpt.of(String.join(", ", certificate.names()), SHOWN),
                        certificate.notAfter(),
                        Excerpt.of(certificate.issuer(), SHOWN));
    }
}
