package io.healthchecker.worker.check;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 as a server sends them, byte by byte, so that they can be wrong as well. */
final class Http2Frames {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int STREAM = 3; // our first: 1 is that of a request that was upgraded

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Begins with the settings that a server begins with. */
    static Http2Frames begin() {
        return new Http2Frames().frame(SETTINGS, 0, 0, new byte[0]);
    }

    static Http2Frames nothing() {
        return new Http2Frames();
    }

    private Http2Frames frame(int type, int flags, int stream, byte[] payload) {
        bytes.writeBytes(ByteBuffer.allocate(9)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .array());
        bytes.writeBytes(payload);
        return this;
    }

    /** Headers as {@code name: value} each. */
    Http2Frames headers(String... lines) {
        return frame(HEADERS, END_HEADERS, STREAM, block(lines));
    }

    Http2Frames lastHeaders(String... lines) {
        return frame(HEADERS, END_HEADERS | END_STREAM, STREAM, block(lines));
    }

    /** A block that does not end, in one frame more than once. */
    Http2Frames endlessHeaders(int frames, String... lines) {
        frame(HEADERS, 0, STREAM, block(lines));
        for (int i = 0; i < frames; i++) {
            frame(CONTINUATION, 0, STREAM, block(lines));
        }
        return this;
    }

    Http2Frames data(byte... content) {
        return frame(DATA, 0, STREAM, content);
    }

    Http2Frames lastData(byte... content) {
        return frame(DATA, END_STREAM, STREAM, content);
    }

    Http2Frames reset(int code) {
        return frame(RESET, 0, STREAM, ByteBuffer.allocate(4).putInt(code).array());
    }

    Http2Frames away(int lastStream, int code, String words) {
        byte[] said = words.getBytes(StandardCharsets.US_ASCII);
        return frame(
                GOAWAY,
                0,
                0,
                ByteBuffer.allocate(8 + said.length)
                        .putInt(lastStream)
                        .putInt(code)
                        .put(said)
                        .array());
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    // RFC 7541 §6.2.2, without Huffman
    private static byte[] block(String... lines) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String line : lines) {
            int colon = line.indexOf(": ", 1);
            block.write(0);
            text(block, line.substring(0, colon));
            text(block, line.substring(colon + 2));
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        if (ascii.length < 127) {
            block.write(ascii.length);
        } else {
            block.write(127);
            int left = ascii.length - 127;
            for (; left >= 128; left >>= 7) {
                block.write((left & 127) | 128);
            }
            block.write(left);
        }
        block.writeBytes(ascii);
    }
}
