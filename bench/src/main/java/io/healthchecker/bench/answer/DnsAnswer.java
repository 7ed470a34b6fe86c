package io.healthchecker.bench.answer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;

/** Answers every question with the address 127.0.0.1 (RFC 1035 §4). */
final class DnsAnswer extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final int HEADER = 12;
    private static final int QUESTION_END = 5; // the root label, type and class
    private static final int ANSWERED = 0x8180; // an answer, recursion desired and available, no error
    private static final int NAME_OF_THE_QUESTION = 0xc00c;
    private static final int TTL_SECONDS = 60;
    private static final int LOOPBACK = 0x7f000001;

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        ByteBuf query = packet.content();
        int end = HEADER;
        while (query.getByte(end) != 0) {
            end += 1 + query.getUnsignedByte(end);
        }
        ByteBuf answer = context.alloc().directBuffer();
        answer.writeShort(query.getUnsignedShort(0)).writeShort(ANSWERED);
        answer.writeShort(1).writeShort(1).writeInt(0); // a question, an answer, and nothing beside them
        answer.writeBytes(query, HEADER, end + QUESTION_END - HEADER);
        answer.writeShort(NAME_OF_THE_QUESTION).writeShort(1).writeShort(1).writeInt(TTL_SECONDS);
        answer.writeShort(Integer.BYTES).writeInt(LOOPBACK);
        context.writeAndFlush(new DatagramPacket(answer, packet.sender()));
    }
}
