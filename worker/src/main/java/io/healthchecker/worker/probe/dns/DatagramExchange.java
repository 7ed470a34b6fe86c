package io.healthchecker.worker.probe.dns;

import io.healthchecker.worker.dial.Datagrams;
import io.healthchecker.worker.probe.Attempt;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** By datagrams, of which some are lost: the question is asked again every two seconds. */
final class DatagramExchange extends Exchange {
    private static final long AGAIN_MILLIS = 2_000;

    private final byte[] question;
    private @Nullable ScheduledFuture<?> again;

    DatagramExchange(Attempt attempt, Channel channel, Asking asking, byte[] question) {
        super(attempt, channel, asking);
        this.question = question;
    }

    @Override
    void send() {
        ByteBuf bytes = channel().alloc().buffer(question.length).writeBytes(question);
        channel().writeAndFlush(bytes).addListener(done -> {
            if (!done.isSuccess()) {
                channel().pipeline().fireExceptionCaught(done.cause());
            }
        });
        again = attempt().lane().loop().schedule(this::send, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    void end() {
        if (again != null) {
            again.cancel(false);
        }
        super.end();
    }

    @Override
    void hangUp() {
        Datagrams.close(channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        DatagramPacket packet = (DatagramPacket) received;
        try {
            message(ByteBufUtil.getBytes(packet.content()));
        } finally {
            packet.release();
        }
    }
}
