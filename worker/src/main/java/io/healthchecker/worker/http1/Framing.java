package io.healthchecker.worker.http1;

import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.assertion.Header;
import io.healthchecker.core.check.Reason;
import java.util.Locale;

/**
 * How the end of a body is found (RFC 9112 §6.3).
 *
 * @param length bytes to come, where the kind is LENGTH
 */
record Framing(Kind kind, long length) {
    enum Kind {
        NONE,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    private static final Framing NONE = new Framing(Kind.NONE, 0);

    /** Of the answer to a request; a HEAD request is answered without a body. */
    static Framing of(Head head, boolean headRequest) throws MalformedAnswer {
        int status = head.status();
        if (headRequest || status < 200 || status == 204 || status == 304) {
            return NONE;
        }
        long length = -1;
        boolean coded = false;
        boolean chunked = false;
        for (Header header : head.headers()) {
            if (header.is("transfer-encoding")) {
                coded = true;
                chunked = header.value().toLowerCase(Locale.ROOT).endsWith("chunked");
            } else if (header.is("content-length")) {
                length = agreed(length, header.value());
            }
        }
        if (chunked) {
            return new Framing(Kind.CHUNKED, 0);
        }
        if (coded || length < 0) {
            return new Framing(Kind.UNTIL_CLOSE, 0);
        }
        return length == 0 ? NONE : new Framing(Kind.LENGTH, length);
    }

    // "42, 42" is what a proxy makes of the same header twice
    private static long agreed(long before, String value) throws MalformedAnswer {
        long length = before;
        for (String part : value.split(",", -1)) {
            String digits = part.strip();
            if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new MalformedAnswer(
                        Reason.PROTOCOL_ERROR, "Content-Length is \"%s\"".formatted(Excerpt.of(value, 60)));
            }
            long next = Long.parseLong(digits);
            if (length >= 0 && length != next) {
                throw new MalformedAnswer(
                        Reason.PROTOCOL_ERROR, "Content-Length is both %d and %d".formatted(length, next));
            }
            length = next;
        }
        return length;
    }
}
