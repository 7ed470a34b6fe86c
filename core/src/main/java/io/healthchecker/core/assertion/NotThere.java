package io.healthchecker.core.assertion;

/** What an expression asks for is not there; the message says why, for a person. */
final class NotThere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotThere(String message) {
        super(message, null, false, false); // ordinary, and maybe at every check: no stack trace
    }
}
