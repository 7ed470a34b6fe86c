package io.healthchecker.core.check;

import java.time.Instant;

/** Until when the certificate is valid that a service showed to a location. */
public record CertificateEnd(long serviceId, int locationId, Instant notAfter) {}
