package io.healthchecker.worker.http1;

import io.healthchecker.core.check.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.brotli.dec.BrotliInputStream;

/**
 * Decompresses brotli (RFC 7932). Its decoder reads from a stream, so what comes is kept until the end or until it
 * surely is enough: no more than twice what is looked at, since nothing grows by being compressed.
 */
final class Unbrotli implements Decompression {
    private static final int STEP_BYTES = 8_192;

    private final Unzip.Sink sink;
    private final int most;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private boolean finished;
    private boolean done;

    /** @param wanted how many bytes are looked at of what comes out */
    Unbrotli(Unzip.Sink sink, int wanted) {
        this.sink = sink;
        this.most = 2 * wanted;
    }

    @Override
    public void feed(byte[] bytes, int start, int end) throws MalformedAnswer {
        if (done) {
            return;
        }
        compressed.write(bytes, start, Math.min(end - start, most - compressed.size()));
        if (compressed.size() == most) {
            decode();
        }
    }

    @Override
    public void end() throws MalformedAnswer {
        if (!done && compressed.size() > 0) {
            decode();
        }
    }

    private void decode() throws MalformedAnswer {
        done = true;
        byte[] out = new byte[STEP_BYTES];
        try (var in = new BrotliInputStream(new ByteArrayInputStream(compressed.toByteArray()), STEP_BYTES)) {
            int count = in.read(out);
            while (count >= 0 && !sink.take(out, 0, count)) {
                count = in.read(out);
            }
            finished = count < 0;
        } catch (IOException | RuntimeException e) { // its decoder throws what its arrays throw
            throw new MalformedAnswer(Reason.BODY_UNREADABLE, "the body cannot be decompressed: it is not brotli");
        }
    }

    @Override
    public boolean finished() {
        return finished;
    }

    @Override
    public void close() {
        compressed.reset();
    }
}
