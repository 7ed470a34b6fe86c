package io.healthchecker.worker.dial.ear;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hears the frames of HTTP/2, headers line by line. */
public final class Http2Ear extends Http2FrameAdapter implements Ear {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long MAX_HEADERS = 1 << 20;

    private final String mark;
    private final Consumer<String> told;
    private final Lines content;
    private final DefaultHttp2FrameReader reader =
            new DefaultHttp2FrameReader(new DefaultHttp2HeadersDecoder(false, MAX_HEADERS));
    private final ByteBuf unread = Unpooled.buffer();
    private int ofPreface;
    private boolean deaf;

    /**
     * Listens.
     *
     * @param mark what each line begins with
     * @param client whether it hears the client, who begins with a preface
     */
    public Http2Ear(String mark, boolean client, Consumer<String> told) {
        this.mark = mark;
        this.told = told;
        this.content = new Lines(mark, told);
        this.ofPreface = client ? PREFACE.length : 0;
    }

    /** Whether bytes are the first that a client of HTTP/2 says. */
    public static boolean isBeginning(ByteBuf bytes) {
        for (int i = 0; i < 4; i++) {
            if (bytes.readableBytes() < 4 || bytes.getByte(bytes.readerIndex() + i) != PREFACE[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void take(ChannelHandlerContext context, ByteBuf bytes) {
        if (deaf) {
            return;
        }
        int skipped = Math.min(ofPreface, bytes.readableBytes());
        bytes.skipBytes(skipped);
        ofPreface -= skipped;
        unread.discardReadBytes().writeBytes(bytes);
        try {
            reader.readFrame(context, unread, this);
        } catch (Http2Exception e) {
            deaf = true;
            told.accept("* what follows cannot be read as HTTP/2: " + e.getMessage());
        }
    }

    @Override
    public void end() {
        content.pause();
        reader.close();
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean endOfStream) {
        content.pause();
        headers.forEach(header -> told.accept("%s%s: %s".formatted(mark, header.getKey(), header.getValue())));
        told.accept(mark.stripTrailing());
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream) {
        onHeadersRead(context, stream, headers, padding, endOfStream);
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean endOfStream) {
        int count = data.readableBytes() + padding;
        content.take(data.duplicate());
        if (endOfStream) {
            content.pause();
        }
        return count;
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
        told.accept("* %s SETTINGS %s".formatted(mark.strip(), settings));
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int stream, long code) {
        told.accept("* %s RST_STREAM %s".formatted(mark.strip(), name(code)));
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext context, int lastStream, long code, ByteBuf words) {
        told.accept("* %s GOAWAY %s %s"
                .formatted(mark.strip(), name(code), words.toString(StandardCharsets.UTF_8))
                .stripTrailing());
    }

    private static String name(long code) {
        Http2Error error = Http2Error.valueOf(code);
        return error == null ? "error " + code : error.name();
    }
}
