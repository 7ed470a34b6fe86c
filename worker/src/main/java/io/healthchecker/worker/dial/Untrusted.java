package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import java.security.cert.CertificateException;

/** A certificate that was refused, and why. */
final class Untrusted extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String text;

    Untrusted(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.text = message;
    }

    Reason reason() {
        return reason;
    }

    String text() {
        return text;
    }
}
