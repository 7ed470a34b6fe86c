package io.healthchecker.bench.answer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2StreamFrame;

/** Says SERVING to every call, as the health service of gRPC does. */
final class GrpcAnswer extends SimpleChannelInboundHandler<Http2StreamFrame> {
    private static final byte[] SERVING = {0, 0, 0, 0, 2, 8, 1}; // not compressed, two bytes: field 1 is 1

    @Override
    protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
        if (frame instanceof Http2DataFrame data && data.isEndStream()) {
            answer(context, data.stream());
        }
    }

    private static void answer(ChannelHandlerContext context, Http2FrameStream stream) {
        Http2Headers head = new DefaultHttp2Headers().status("200").set("content-type", "application/grpc");
        Http2Headers trailers = new DefaultHttp2Headers().set("grpc-status", "0");
        ByteBuf message = Unpooled.wrappedBuffer(SERVING);
        context.write(new DefaultHttp2HeadersFrame(head).stream(stream));
        context.write(new DefaultHttp2DataFrame(message).stream(stream));
        context.writeAndFlush(new DefaultHttp2HeadersFrame(trailers, true).stream(stream));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
