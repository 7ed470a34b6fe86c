package io.healthchecker.worker.http2;

import io.healthchecker.core.check.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Looks at the first bytes of a connection, to tell a person what speaks there if it is not HTTP/2. */
final class Preface extends ChannelInboundHandlerAdapter {
    private static final int HTTP = 0x48545450; // "HTTP"
    private static final int ALERT = 0x15;

    private final Http2Exchange exchange;

    Preface(Http2Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && bytes.readableBytes() >= Integer.BYTES) {
            int at = bytes.readerIndex();
            if (bytes.getInt(at) == HTTP) {
                exchange.fail(Reason.PROTOCOL_ERROR, "the target answers in HTTP/1, not in HTTP/2");
            } else if (bytes.getByte(at) == ALERT && bytes.getByte(at + 1) == 3) {
                exchange.fail(Reason.PROTOCOL_ERROR, "the target speaks TLS, and the check does not");
            }
        }
        context.pipeline().remove(this);
        context.fireChannelRead(message);
    }
}
