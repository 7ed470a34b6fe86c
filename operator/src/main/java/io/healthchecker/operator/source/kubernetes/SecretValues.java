package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.service.SecretReference;
import io.healthchecker.operator.status.StatusReason;

/** Values of the Secrets that definitions refer to. */
interface SecretValues {
    /** @throws Missing if there is none that can be used */
    Secret read(String namespace, SecretReference reference) throws Missing;

    /** A value that cannot be had yet; the message says what to do, and never what the value is. */
    final class Missing extends Exception {
        private static final long serialVersionUID = 1L;

        private final StatusReason reason;

        Missing(StatusReason reason, String message) {
            super(message);
            this.reason = reason;
        }

        StatusReason reason() {
            return reason;
        }
    }
}
