package io.healthchecker.worker.dial.ear;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hears the frames of a WebSocket (RFC 6455 §5.2), without their masks. */
public final class WebsocketEar implements Ear {
    private static final long MAX_FRAME = 1 << 20;
    private static final int MASK = 4;
    private static final int MAX_TEXT = 65_536;

    private final String mark;
    private final Consumer<String> told;
    private final ByteBuf unread = Unpooled.buffer();
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
    private int kind = 1; // of the message that comes in parts
    private boolean deaf;

    /** @param mark what each line begins with */
    public WebsocketEar(String mark, Consumer<String> told) {
        this.mark = mark;
        this.told = told;
    }

    @Override
    public void take(ChannelHandlerContext context, ByteBuf bytes) {
        if (!deaf) {
            unread.discardReadBytes().writeBytes(bytes);
            while (!deaf && frame()) {}
        }
    }

    /** Tells of one frame; false if it is not whole yet. */
    private boolean frame() {
        int start = unread.readerIndex();
        if (unread.readableBytes() < 2) {
            return false;
        }
        int opcode = unread.getByte(start) & 0xf;
        boolean masked = (unread.getByte(start + 1) & 0x80) != 0;
        int shortLength = unread.getByte(start + 1) & 0x7f;
        int head = 2 + (shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0);
        if (unread.readableBytes() < head + (masked ? MASK : 0)) {
            return false;
        }
        long length = switch (shortLength) {
            case 126 -> unread.getUnsignedShort(start + 2);
            case 127 -> unread.getLong(start + 2);
            default -> shortLength;
        };
        if (length < 0 || length > MAX_FRAME) {
            deaf = true;
            told.accept("* a frame of %d bytes follows, which is not told".formatted(length));
            return false;
        }
        if (unread.readableBytes() < head + (masked ? MASK : 0) + length) {
            return false;
        }
        boolean last = (unread.getByte(start) & 0x80) != 0;
        unread.skipBytes(head);
        byte[] key = new byte[masked ? MASK : 0];
        unread.readBytes(key);
        byte[] payload = new byte[(int) length];
        unread.readBytes(payload);
        for (int i = 0; masked && i < payload.length; i++) {
            payload[i] ^= key[i % MASK];
        }
        message(opcode, last, payload);
        return true;
    }

    /** A text is told when it is whole, so that no secret is cut in two. */
    private void message(int opcode, boolean last, byte[] payload) {
        if (opcode > 2) {
            told.accept(mark + words(opcode, payload));
            return;
        }
        if (opcode > 0) {
            kind = opcode;
            whole.reset();
        }
        whole.write(payload, 0, Math.min(payload.length, MAX_TEXT - whole.size()));
        if (last) {
            told.accept(mark + words(kind, whole.toByteArray()));
        }
    }

    private static String words(int opcode, byte[] payload) {
        return switch (opcode) {
            case 1 -> new String(payload, StandardCharsets.UTF_8);
            case 8 -> "CLOSE" + closing(payload);
            case 9 -> "PING of %d bytes".formatted(payload.length);
            case 10 -> "PONG of %d bytes".formatted(payload.length);
            default -> "%d bytes of binary".formatted(payload.length);
        };
    }

    private static String closing(byte[] payload) {
        if (payload.length < 2) {
            return "";
        }
        int code = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
        String words = new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        return " %d %s".formatted(code, words).stripTrailing();
    }
}
