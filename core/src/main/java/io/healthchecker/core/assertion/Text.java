package io.healthchecker.core.assertion;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes of an answer as text. */
final class Text {
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:-]{1,40})");

    private Text() {}

    /** In the character set that its Content-Type names, or UTF-8. */
    static String ofBody(Answer answer) {
        return new String(answer.body(), charset(answer));
    }

    /** Such as {@code body (212 bytes)}. */
    static String nameOfBody(Answer answer) {
        return answer.body().length < Answer.MAX_BODY
                ? "body (%d bytes)".formatted(answer.body().length)
                : "body (its first %d bytes)".formatted(Answer.MAX_BODY);
    }

    private static Charset charset(Answer answer) {
        for (Header header : answer.headers()) {
            if (header.is("content-type")) {
                Matcher named = CHARSET.matcher(header.value());
                try {
                    return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
                } catch (IllegalArgumentException e) {
                    return StandardCharsets.UTF_8; // a name that nobody knows
                }
            }
        }
        return StandardCharsets.UTF_8;
    }
}
