package io.healthchecker.worker.probe.dns;

/** A message that does not follow RFC 1035. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
