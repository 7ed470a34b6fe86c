package io.healthchecker.core.assertion;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A header of an answer, as it came; each byte of the value is one character. */
public record Header(String name, String value) {
    /** Whether it has a name; case does not matter. */
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** The value as UTF-8 where its bytes are, else as Latin-1. */
    public String text() {
        if (value.chars().allMatch(c -> c < 0x80)) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException latin) {
            return value;
        }
    }
}
