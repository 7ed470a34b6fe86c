package io.healthchecker.worker.probe.dns;

import io.healthchecker.worker.dial.Phase;
import io.healthchecker.worker.probe.Attempt;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/** Over a stream, where each message has its length in front (RFC 1035 §4.2.2). */
final class StreamExchange extends Exchange {
    private final byte[] question;
    private final ByteBuf received;

    StreamExchange(Attempt attempt, Channel channel, Asking asking, byte[] question) {
        super(attempt, channel, asking);
        this.question = question;
        this.received = channel.alloc().buffer();
    }

    @Override
    void send() {
        ByteBuf bytes = channel().alloc().buffer(2 + question.length);
        channel()
                .writeAndFlush(
                        bytes.writeShort(question.length).writeBytes(question),
                        channel().voidPromise());
    }

    @Override
    void end() {
        if (!isOver()) {
            received.release();
        }
        super.end();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (isOver()) {
                return;
            }
            if (!received.isReadable()) {
                attempt().clock().enter(Phase.TRANSFER);
            }
            received.writeBytes(bytes);
            whole();
        } finally {
            bytes.release();
        }
    }

    private void whole() {
        while (!isOver() && received.readableBytes() >= 2) {
            int length = received.getUnsignedShort(received.readerIndex());
            if (received.readableBytes() < 2 + length) {
                return;
            }
            byte[] message = ByteBufUtil.getBytes(received, received.readerIndex() + 2, length);
            received.skipBytes(2 + length).discardReadBytes();
            message(message);
        }
    }
}
