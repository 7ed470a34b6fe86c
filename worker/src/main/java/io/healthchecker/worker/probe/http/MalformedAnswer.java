package io.healthchecker.worker.probe.http;

import io.healthchecker.core.check.Reason;

/** An answer that cannot be read, and why. */
final class MalformedAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String text;

    MalformedAnswer(Reason reason, String message) {
        super(message, null, false, false); // the message says it; nobody reads the stack
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
