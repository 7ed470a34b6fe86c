package io.healthchecker.worker.http1;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.check.Reason;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The body of an answer as far as it is looked at: decompressed, and never more than {@link Answer#MAX_BODY} bytes. */
public final class Body {
    private final boolean kept;
    private byte[] bytes = new byte[0];
    private int size;
    private @Nullable Decompression unzip;

    /** Kept only where someone wants to look at it; else its bytes are counted. */
    public Body(boolean kept) {
        this.kept = kept;
    }

    /** Content-Encoding of the bytes to come. */
    public void coded(@Nullable String encoding) throws MalformedAnswer {
        if (!kept || encoding == null) {
            return;
        }
        switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> {}
            case "gzip", "x-gzip" -> unzip = Unzip.gzip(this::append);
            case "deflate" -> unzip = Unzip.deflate(this::append);
            case "br" -> unzip = new Unbrotli(this::append, Answer.MAX_BODY);
            default ->
                throw new MalformedAnswer(
                        Reason.BODY_UNREADABLE,
                        "its Content-Encoding is \"%s\"; gzip, deflate and br can be read"
                                .formatted(Excerpt.of(encoding, 60)));
        }
    }

    public void add(byte[] from, int start, int end) throws MalformedAnswer {
        if (unzip != null) {
            unzip.feed(from, start, end);
        } else if (kept) {
            append(from, start, end - start);
        } else {
            size = Math.min(Answer.MAX_BODY, size + end - start);
        }
    }

    private boolean append(byte[] from, int start, int length) {
        int room = Math.min(length, Answer.MAX_BODY - size);
        if (size + room > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.clamp(2L * (size + room), 512, Answer.MAX_BODY));
        }
        System.arraycopy(from, start, bytes, size, room);
        size += room;
        return full();
    }

    /** Whether more would not be looked at. */
    public boolean full() {
        return size >= Answer.MAX_BODY;
    }

    /** Says that no more comes. */
    public void end() throws MalformedAnswer {
        if (unzip != null) {
            unzip.end();
        }
        if (unzip != null && size > 0 && !full() && !unzip.finished()) {
            throw new MalformedAnswer(Reason.BODY_UNREADABLE, "the compressed body ends in the middle");
        }
    }

    /** Gives back what lies outside the heap. */
    public void close() {
        if (unzip != null) {
            unzip.close();
        }
    }

    /** What is looked at; empty where nobody does. */
    public byte[] content() {
        return kept ? Arrays.copyOf(bytes, size) : bytes;
    }

    /** Bytes that came, as far as they are counted. */
    public int size() {
        return size;
    }
}
