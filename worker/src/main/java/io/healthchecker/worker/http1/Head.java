package io.healthchecker.worker.http1;

import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.assertion.Header;
import io.healthchecker.core.check.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Status line and headers of an answer, read as browsers read them: a missing reason phrase, blanks around values,
 * folded lines and lines without a colon do no harm.
 */
public final class Head {
    private static final int MAX_LINES = 4_096;
    private static final int MAX_FOLDED = 8_192; // a longer value takes no further lines

    private int status;
    private int lines;
    private final List<Header> headers = new ArrayList<>(12);

    /** A head whose lines are known already, as HTTP/2 brings them. */
    public static Head of(int status, List<Header> headers) {
        Head head = new Head();
        head.status = status;
        head.headers.addAll(headers);
        return head;
    }

    /** Status of the answer, 0 before its first line. */
    public int status() {
        return status;
    }

    public List<Header> headers() {
        return headers;
    }

    /** Whether more is to come after this one, as in 103 Early Hints; 101 is the last word of its server. */
    boolean interim() {
        return status >= 100 && status < 200 && status != 101;
    }

    void statusLine(byte[] bytes, int from, int to) throws MalformedAnswer {
        // HTTP/1.1 200 OK
        int space = from + 5;
        boolean http = startsWithHttp(bytes, from, to);
        while (http && space < to && bytes[space] != ' ') {
            space++;
        }
        int digits = space;
        while (digits < to && bytes[digits] == ' ') {
            digits++;
        }
        int code = http && to - digits >= 3 ? number(bytes, digits) : -1;
        boolean ends = to - digits == 3 || (to - digits > 3 && (bytes[digits + 3] == ' ' || bytes[digits + 3] == '\t'));
        if (code < 100 || !ends) {
            throw new MalformedAnswer(
                    Reason.PROTOCOL_ERROR,
                    "the answer begins with \"%s\", which is not HTTP".formatted(text(bytes, from, to)));
        }
        status = code;
    }

    /** Whether bytes can still become, or are, the beginning of a status line. */
    static boolean startsWithHttp(byte[] bytes, int from, int to) {
        String wanted = "HTTP/";
        for (int i = 0; i < wanted.length() && from + i < to; i++) {
            if ((bytes[from + i] & 0xdf) != (wanted.charAt(i) & 0xdf)) {
                return false;
            }
        }
        return to > from;
    }

    void headerLine(byte[] bytes, int from, int to) throws MalformedAnswer {
        if (++lines > MAX_LINES) {
            throw new MalformedAnswer(Reason.HEADERS_TOO_LARGE, "more than %d lines of headers".formatted(MAX_LINES));
        }
        if (bytes[from] == ' ' || bytes[from] == '\t') {
            fold(bytes, from, to);
            return;
        }
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        if (colon == to) {
            return;
        }
        headers.add(new Header(trimmed(bytes, from, colon), trimmed(bytes, colon + 1, to)));
    }

    private void fold(byte[] bytes, int from, int to) {
        if (!headers.isEmpty() && headers.getLast().value().length() < MAX_FOLDED) {
            Header last = headers.removeLast();
            headers.add(new Header(last.name(), (last.value() + " " + trimmed(bytes, from, to)).strip()));
        }
    }

    /** The value of the first header of a name, or null. */
    public @Nullable String first(String name) {
        for (Header header : headers) {
            if (header.is(name)) {
                return header.value();
            }
        }
        return null;
    }

    private static int number(byte[] bytes, int from) {
        int number = 0;
        for (int i = from; i < from + 3; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return -1;
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private static String trimmed(byte[] bytes, int from, int to) {
        int first = from;
        int last = to;
        while (first < last && (bytes[first] == ' ' || bytes[first] == '\t')) {
            first++;
        }
        while (last > first && (bytes[last - 1] == ' ' || bytes[last - 1] == '\t')) {
            last--;
        }
        return new String(bytes, first, last - first, StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes, int from, int to) {
        return Excerpt.of(new String(bytes, from, Math.min(to - from, 200), StandardCharsets.ISO_8859_1), 60);
    }
}
