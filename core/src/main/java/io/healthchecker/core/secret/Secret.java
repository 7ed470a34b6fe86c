package io.healthchecker.core.secret;

/** Text that never prints itself. */
public record Secret(String reveal) {
    @Override
    public String toString() {
        return "***";
    }
}
