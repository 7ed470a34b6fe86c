package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.dial.starttls.StartTls;
import io.healthchecker.worker.dial.starttls.Talk;
import io.healthchecker.worker.dial.starttls.Talk.Turn;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.Arrays;

/** A server is asked over a plain connection to encrypt it. */
final class Plea extends ChannelInboundHandlerAdapter {
    private static final int MAX_BYTES = 16_384; // of answers; a greeting has some hundred

    private final StartTls protocol;
    private final Talk talk;
    private final Channel channel;
    private final Dial dial;
    private byte[] said = new byte[0];
    private int heard;
    private boolean over;

    Plea(StartTls protocol, String serverName, Channel channel, Dial dial) {
        this.protocol = protocol;
        this.talk = protocol.talk(serverName);
        this.channel = channel;
        this.dial = dial;
    }

    void begin() {
        channel.pipeline().addLast(this);
        say(talk.opening());
    }

    void abandon() {
        if (!over) {
            over = true;
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!over) {
                int known = said.length;
                said = Arrays.copyOf(said, known + bytes.readableBytes());
                bytes.readBytes(said, known, said.length - known);
                heard += said.length - known;
                turn();
            }
        } finally {
            bytes.release();
        }
    }

    private void turn() {
        while (!over) {
            switch (talk.turn(said)) {
                case Turn.Wait() -> {
                    if (heard > MAX_BYTES) {
                        fail(Reason.PROTOCOL_ERROR, "it says more than %d bytes before TLS".formatted(MAX_BYTES));
                    }
                    return;
                }
                case Turn.Say(int understood, byte[] bytes) -> {
                    said = Arrays.copyOfRange(said, understood, said.length);
                    say(bytes);
                }
                case Turn.Encrypt(int understood, byte[] bytes) -> encrypt(understood, bytes);
                case Turn.Refused(String why) -> fail(Reason.STARTTLS_REFUSED, why);
                case Turn.Nonsense(String why) -> fail(Reason.PROTOCOL_ERROR, why);
            }
        }
    }

    private void encrypt(int understood, byte[] bytes) {
        if (understood < said.length) { // what stands there unencrypted must never be taken for encrypted
            fail(Reason.PROTOCOL_ERROR, "%d bytes follow its consent to TLS".formatted(said.length - understood));
            return;
        }
        over = true;
        say(bytes);
        channel.pipeline().remove(this);
        dial.agreed(channel);
    }

    private void say(byte[] bytes) {
        if (bytes.length > 0) {
            channel.writeAndFlush(channel.alloc().buffer(bytes.length).writeBytes(bytes), channel.voidPromise());
        }
    }

    private void fail(Reason reason, String why) {
        if (!over) {
            over = true;
            channel.close();
            dial.failed(reason, "%s: %s".formatted(protocol, why));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(Reason.CONNECTION_CLOSED, "closed before TLS");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        if (thrown instanceof IOException) {
            fail(Reason.CONNECTION_RESET, "reset before TLS");
        } else if (!over) {
            abandon();
            dial.unable("the answer could not be handled: " + thrown);
        }
    }
}
