package io.healthchecker.core.assertion;

/** A header of an answer, as it came; each byte of the value is one character. */
public record Header(String name, String value) {
    /** Whether it has a name; case does not matter. */
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
