package io.healthchecker.core.assertion;

import java.time.Instant;
import java.util.List;

/**
 * The server's own certificate, as it was shown in the handshake.
 *
 * @param subject distinguished name, as in RFC 2253
 * @param issuer distinguished name of who signed it
 * @param names DNS names and addresses that it was issued for
 * @param fingerprint SHA-256 of the certificate, in lower-case hexadecimal digits
 * @param protocol of the connection, such as {@code TLSv1.3}
 * @param cipher of the connection, by its name in the standard, such as {@code TLS_AES_128_GCM_SHA256}
 * @param ends until when each certificate that was sent is valid, its own first
 */
public record Certificate(
        String subject,
        String issuer,
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        String fingerprint,
        String protocol,
        String cipher,
        List<Instant> ends) {}
