package io.healthchecker.bench.answer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;

/** Answers 200 to whatever arrives, and closes; a check's request fits in one segment, so what arrives is all of it. */
@ChannelHandler.Sharable
final class HttpAnswer extends SimpleChannelInboundHandler<ByteBuf> {
    private static final ByteBuf ANSWER = Unpooled.unreleasableBuffer(Unpooled.directBuffer()
            .writeBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
                    .getBytes(StandardCharsets.US_ASCII))
            .asReadOnly());

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf request) {
        context.writeAndFlush(ANSWER.duplicate()).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
