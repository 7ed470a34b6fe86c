package io.healthchecker.worker.http1;

import io.healthchecker.crds.probe.HttpHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A header that a definition wants to send. */
public record HeaderLine(String name, String value) {

    /** Those of a definition, in its order. */
    public static List<HeaderLine> of(@Nullable List<HttpHeader> headers) {
        return headers == null
                ? List.of()
                : headers.stream().map(HeaderLine::of).toList();
    }

    private static HeaderLine of(HttpHeader header) {
        String name = header.name();
        String value = header.value();
        if (name == null || value == null || !name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw new IllegalArgumentException("headers: a header needs a name without blanks, and a value");
        }
        if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("headers: the value of %s has a line break".formatted(name));
        }
        return new HeaderLine(name, value);
    }

    /** Whether it has a name; case does not matter. */
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** Its value may be a secret. */
    @Override
    public String toString() {
        return name + ": ***";
    }
}
