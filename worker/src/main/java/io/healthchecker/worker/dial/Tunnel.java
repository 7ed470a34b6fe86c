package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.http1.AnswerDecoder;
import io.healthchecker.worker.http1.Body;
import io.healthchecker.worker.http1.MalformedAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks a proxy, on a connection to it, to lead that connection on to a target. */
final class Tunnel extends ChannelInboundHandlerAdapter {
    private final Lane lane;
    private final Dial dial;
    // an answer to CONNECT has no body, whatever its headers say
    private final AnswerDecoder decoder = new AnswerDecoder(true, new Body(false));
    private boolean over;

    Tunnel(Lane lane, Dial dial) {
        this.lane = lane;
        this.dial = dial;
    }

    void begin(Channel channel, Route.Proxy proxy, Target target) {
        String authority = target.host().indexOf(':') < 0 ? target.host() : "[" + target.host() + "]";
        StringBuilder request = new StringBuilder(128);
        request.append("CONNECT %1$s:%2$d HTTP/1.1\r\nHost: %1$s:%2$d\r\n".formatted(authority, target.port()));
        if (proxy.authorization() != null) {
            request.append("Proxy-Authorization: ")
                    .append(proxy.authorization())
                    .append("\r\n");
        }
        request.append("\r\n");
        channel.pipeline().addLast(this);
        channel.writeAndFlush(
                Unpooled.wrappedBuffer(request.toString().getBytes(StandardCharsets.UTF_8)), channel.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!over) {
                read(context, bytes);
            }
        } catch (MalformedAnswer e) {
            fail(context, e.reason(), "the proxy cannot be understood: " + e.text());
        } finally {
            bytes.release();
        }
    }

    private void read(ChannelHandlerContext context, ByteBuf bytes) throws MalformedAnswer {
        byte[] scratch = lane.scratch();
        while (bytes.isReadable() && !decoder.done()) {
            int count = Math.min(bytes.readableBytes(), scratch.length);
            bytes.getBytes(bytes.readerIndex(), scratch, 0, count);
            bytes.skipBytes(decoder.feed(scratch, 0, count));
        }
        if (!decoder.done()) {
            return;
        }
        int status = decoder.head().status();
        if (status < 200 || status > 299) {
            fail(context, Reason.PROXY_REFUSED, "the proxy answers CONNECT with the status " + status);
        } else if (bytes.isReadable()) {
            // TLS and HTTP wait for us: it is the proxy that talks on
            fail(context, Reason.PROTOCOL_ERROR, "the proxy sends more than an answer to CONNECT");
        } else {
            over = true;
            context.pipeline().remove(this);
            dial.tunnelled(context.channel());
        }
    }

    private void fail(ChannelHandlerContext context, Reason reason, String detail) {
        if (!over) {
            over = true;
            context.close();
            dial.failed(reason, detail);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, Reason.CONNECTION_CLOSED, "the proxy closed without an answer to CONNECT");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        if (thrown instanceof IOException) {
            fail(context, Reason.CONNECTION_RESET, "the proxy reset the connection");
        } else if (!over) {
            over = true;
            context.close();
            dial.unable("the proxy's answer could not be handled: " + thrown);
        }
    }
}
