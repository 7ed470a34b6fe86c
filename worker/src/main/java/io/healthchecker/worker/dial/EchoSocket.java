package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Echo requests to one address, and its replies (RFC 792, RFC 4443 §4). */
public final class EchoSocket extends ChannelInboundHandlerAdapter {
    private static final int HEADER = 8;
    private static final int REQUEST = 8;
    private static final int REPLY = 0;
    private static final int REQUEST_6 = 128;
    private static final int REPLY_6 = 129;

    private final Channel channel;
    private final boolean ipv6;
    private final boolean raw;
    private final int id = ThreadLocalRandom.current().nextInt(0x1_0000); // of raw sockets; else the kernel has its own
    private @Nullable Hearer hearer;

    /** Who is told what comes back. */
    public interface Hearer {
        /** A reply, which may be to anybody's request where the socket is raw: the payload tells. */
        void reply(int sequence, byte[] payload);

        /** What became of a request instead, such as “no route to host”. */
        void trouble(Trouble trouble);
    }

    /** Why a request could not be sent, or came back. */
    public record Trouble(Reason reason, String text, boolean ours) {}

    EchoSocket(Channel channel, boolean ipv6, boolean raw) {
        this.channel = channel;
        this.ipv6 = ipv6;
        this.raw = raw;
    }

    /** Tells replies from now on. */
    public void hear(Hearer who) {
        hearer = who;
        channel.pipeline().addLast(this);
    }

    /** Sends a request. */
    public void send(int sequence, byte[] payload) {
        ByteBuf packet = channel.alloc().buffer(HEADER + payload.length);
        packet.writeByte(ipv6 ? REQUEST_6 : REQUEST).writeByte(0).writeShort(0);
        packet.writeShort(id).writeShort(sequence).writeBytes(payload);
        if (raw && !ipv6) { // the kernel does it for all others
            packet.setShort(2, checksum(packet));
        }
        channel.writeAndFlush(packet).addListener(done -> {
            if (!done.isSuccess()) {
                trouble(done.cause());
            }
        });
    }

    /** Ends it without another word. */
    public void close() {
        hearer = null;
        Datagrams.close(channel);
    }

    // RFC 1071: the complement of the sum in ones' complement
    static int checksum(ByteBuf packet) {
        long sum = 0;
        int length = packet.readableBytes();
        for (int i = 0; i < length; i++) {
            int value = packet.getUnsignedByte(packet.readerIndex() + i);
            sum += (i & 1) == 0 ? (long) value << 8 : value;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) ~sum & 0xffff;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        DatagramPacket datagram = (DatagramPacket) received;
        try {
            read(datagram.content());
        } finally {
            datagram.release();
        }
    }

    private void read(ByteBuf packet) {
        if (raw && !ipv6 && packet.isReadable()) { // the head of IP is in front
            packet.skipBytes(Math.min(packet.readableBytes(), (packet.getByte(packet.readerIndex()) & 0xf) * 4));
        }
        if (hearer == null || packet.readableBytes() < HEADER) {
            return;
        }
        int type = packet.readUnsignedByte();
        packet.skipBytes(3);
        int from = packet.readUnsignedShort();
        int sequence = packet.readUnsignedShort();
        if (type == (ipv6 ? REPLY_6 : REPLY) && (!raw || from == id)) {
            byte[] payload = new byte[packet.readableBytes()];
            packet.readBytes(payload);
            hearer.reply(sequence, payload);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        trouble(thrown);
    }

    private void trouble(Throwable thrown) {
        if (hearer == null) {
            return;
        }
        if (thrown instanceof IOException) {
            ConnectFailure failure = ConnectFailure.of(thrown);
            hearer.trouble(new Trouble(failure.reason(), failure.text(), failure.ours()));
        } else {
            hearer.trouble(new Trouble(Reason.WORKER_FAULT, "the reply could not be handled: " + thrown, true));
        }
    }
}
