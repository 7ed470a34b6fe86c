package io.healthchecker.worker.dial.ear;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hears text. A line is told when it is whole, so that no secret is cut in two. */
public final class Lines implements Ear {
    private static final int MAX_LINES = 200;
    private static final int MAX_BYTES = 16_384; // of a line
    private static final String SWITCHING = "HTTP/1.1 101";

    private final String mark;
    private final Consumer<String> told;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private int count;
    private boolean switching;
    private boolean switched;

    /** @param mark what each line begins with */
    public Lines(String mark, Consumer<String> told) {
        this.mark = mark;
        this.told = told;
    }

    /** Stops behind the answer that changes the protocol, and leaves the rest of the bytes. */
    @Override
    public void take(ChannelHandlerContext context, ByteBuf bytes) {
        take(bytes);
    }

    void take(ByteBuf bytes) {
        while (bytes.isReadable() && !switched) {
            int next = bytes.readByte();
            if (next == '\n') {
                line();
            } else if (open.size() < MAX_BYTES) { // what is longer is shown by its beginning anyhow
                open.write(next);
            }
        }
    }

    /** Whether another protocol is spoken from here on. */
    public boolean isSwitched() {
        return switched;
    }

    @Override
    public void pause() {
        if (open.size() > 0) {
            line();
        }
    }

    private void line() {
        String text = open.toString(StandardCharsets.UTF_8).stripTrailing();
        open.reset();
        switching |= text.startsWith(SWITCHING);
        switched = switching && text.isEmpty();
        count++;
        if (count <= MAX_LINES) {
            told.accept(mark + text);
        } else if (count == MAX_LINES + 1) {
            told.accept(mark + "…");
        }
    }
}
