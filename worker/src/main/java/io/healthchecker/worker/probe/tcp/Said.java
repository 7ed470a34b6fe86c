package io.healthchecker.worker.probe.tcp;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a server has said since the last match: as UTF-8 where it is, else one character a byte. */
final class Said {
    /** Most that is kept, in bytes. */
    static final int MAX = 8_192;

    private byte[] bytes = new byte[0];
    private Charset charset = StandardCharsets.UTF_8;

    /** Takes as much as there is room for. */
    void add(ByteBuf more) {
        int known = bytes.length;
        bytes = Arrays.copyOf(bytes, Math.min(MAX, known + more.readableBytes()));
        more.readBytes(bytes, known, bytes.length - known);
    }

    boolean full() {
        return bytes.length == MAX;
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    String text() {
        try {
            charset = StandardCharsets.UTF_8;
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            charset = StandardCharsets.ISO_8859_1;
            return new String(bytes, charset);
        }
    }

    /** Forgets the first characters of {@link #text}. */
    void forget(String text, int characters) {
        int understood = text.substring(0, characters).getBytes(charset).length;
        bytes = Arrays.copyOfRange(bytes, understood, bytes.length);
    }
}
