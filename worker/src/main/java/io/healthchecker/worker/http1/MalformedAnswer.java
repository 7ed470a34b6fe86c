package io.healthchecker.worker.http1;

import io.healthchecker.core.check.Reason;

/** An answer that cannot be read, and why. */
public final class MalformedAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String text;

    public MalformedAnswer(Reason reason, String message) {
        super(message, null, false, false); // the message says it; nobody reads the stack
        this.reason = reason;
        this.text = message;
    }

    public Reason reason() {
        return reason;
    }

    public String text() {
        return text;
    }
}
