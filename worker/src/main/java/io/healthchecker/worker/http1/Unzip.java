package io.healthchecker.worker.http1;

import io.healthchecker.core.check.Reason;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Decompresses gzip (RFC 1952) or deflate, zlib-wrapped or raw, as the bytes come; stops as soon as enough came out. */
final class Unzip implements Decompression {
    private static final int STEP_BYTES = 8_192;

    /** Takes what comes out; true if that is enough. */
    interface Sink {
        boolean take(byte[] bytes, int start, int length);
    }

    private final Sink sink;
    private @Nullable GzipHeader header;
    private @Nullable Inflater inflater;
    private boolean finished;
    private boolean enough;

    private Unzip(Sink sink, @Nullable GzipHeader header) {
        this.sink = sink;
        this.header = header;
    }

    static Unzip gzip(Sink sink) {
        return new Unzip(sink, new GzipHeader());
    }

    static Unzip deflate(Sink sink) {
        return new Unzip(sink, null);
    }

    @Override
    public void feed(byte[] bytes, int start, int end) throws MalformedAnswer {
        int at = start;
        if (header != null) {
            while (at < end && !header.complete()) {
                header.next(bytes[at++]);
            }
            if (!header.complete()) {
                return;
            }
            header = null;
            inflater = new Inflater(true);
        }
        if (at < end && !finished && !enough) {
            if (inflater == null) {
                inflater =
                        new Inflater((bytes[at] & 0x0f) != 8); // zlib says so in its first byte; browsers take raw too
            }
            inflate(inflater, bytes, at, end - at);
        }
    }

    private void inflate(Inflater from, byte[] bytes, int start, int length) throws MalformedAnswer {
        byte[] out = new byte[STEP_BYTES];
        from.setInput(bytes, start, length);
        try {
            while (!enough) {
                int count = from.inflate(out);
                if (count > 0) {
                    enough = sink.take(out, 0, count);
                } else if (from.finished() || from.needsInput()) {
                    break;
                } else {
                    throw new DataFormatException("it needs a dictionary");
                }
            }
            finished = from.finished();
        } catch (DataFormatException e) {
            throw new MalformedAnswer(Reason.BODY_UNREADABLE, "the body cannot be decompressed: " + e.getMessage());
        }
    }

    @Override
    public void end() {}

    @Override
    public boolean finished() {
        return finished;
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
