package io.healthchecker.api.list;

import io.healthchecker.api.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The place in a list where a window ended: the values that its last row is sorted by. Opaque to callers, but nothing
 * secret; whoever reads one checks its values like any input.
 */
public record Cursor(List<String> values) {
    private static final String SEPARATOR = "\u001f";

    public Cursor {
        values = List.copyOf(values);
    }

    public static Cursor of(Object... values) {
        return new Cursor(List.of(values).stream().map(String::valueOf).toList());
    }

    /** As it is sent. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, values).getBytes(StandardCharsets.UTF_8));
    }

    static Cursor read(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            String joined = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (joined.indexOf('\0') >= 0) {
                throw foreign();
            }
            return new Cursor(List.of(joined.split(SEPARATOR, -1)));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw foreign();
        }
    }

    /** One of its values as a number. */
    public long number(int index) {
        try {
            return Long.parseLong(text(index));
        } catch (NumberFormatException e) {
            throw foreign();
        }
    }

    /** One of its values. */
    public String text(int index) {
        if (index >= values.size()) {
            throw foreign();
        }
        return values.get(index);
    }

    /** What is said of a cursor that this list never gave. */
    public static ProblemException foreign() {
        return ProblemException.badParameter(
                "cursor", "cursor is none that this list gave; leave it out to begin anew");
    }
}
