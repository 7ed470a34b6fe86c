package io.healthchecker.worker.dial;

import io.healthchecker.worker.dial.ear.Ear;
import io.healthchecker.worker.dial.ear.Http2Ear;
import io.healthchecker.worker.dial.ear.Lines;
import io.healthchecker.worker.dial.ear.WebsocketEar;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.function.Consumer;

/** Listens to one connection in both directions, and passes everything on. */
final class Tap extends ChannelDuplexHandler {
    private static final String SAID = "> ";
    private static final String HEARD = "< ";

    private final Consumer<String> told;
    private Ear said;
    private Ear heard;
    private boolean any; // whether anything was said

    Tap(Consumer<String> told) {
        this.told = told;
        this.said = new Lines(SAID, told);
        this.heard = new Lines(HEARD, told);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            if (!any && Http2Ear.isBeginning(bytes)) {
                said = new Http2Ear(SAID, true, told);
                heard = new Http2Ear(HEARD, false, told);
            }
            any |= bytes.isReadable();
            said.take(context, bytes.duplicate());
            said.pause();
        }
        context.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            ByteBuf unread = bytes.duplicate();
            heard.take(context, unread);
            if (heard instanceof Lines lines && lines.isSwitched()) {
                said = new WebsocketEar(SAID, told);
                heard = new WebsocketEar(HEARD, told);
                heard.take(context, unread);
            }
        }
        context.fireChannelRead(message);
    }

    /** What was not whole is told before anything else. */
    void pause() {
        heard.pause();
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        heard.pause();
        context.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        said.end();
        heard.end();
        told.accept("* closed");
        context.fireChannelInactive();
    }
}
