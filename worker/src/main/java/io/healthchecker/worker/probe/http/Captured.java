package io.healthchecker.worker.probe.http;

/** A value that was taken from an answer; it may be a token, so it never prints itself. */
record Captured(String name, String value) {
    @Override
    public String toString() {
        return name + "=***";
    }
}
