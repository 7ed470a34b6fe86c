package io.healthchecker.worker.probe.http;

import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.dial.Phase;
import io.healthchecker.worker.dial.TlsFailure;
import io.healthchecker.worker.http1.AnswerDecoder;
import io.healthchecker.worker.http1.Body;
import io.healthchecker.worker.http1.MalformedAnswer;
import io.healthchecker.worker.probe.Attempt;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** One request and its answer on one connection, which is closed with the last byte that is wanted. */
final class Exchange extends ChannelInboundHandlerAdapter implements Hop {
    private final Attempt attempt;
    private final Channel channel;
    private final Chase chase;
    private final Body body;
    private final AnswerDecoder decoder;
    private boolean answering;
    private boolean over;

    Exchange(Attempt attempt, Channel channel, Chase chase, boolean headRequest, boolean keepBody) {
        this.attempt = attempt;
        this.channel = channel;
        this.chase = chase;
        this.body = new Body(keepBody);
        this.decoder = new AnswerDecoder(headRequest, body);
    }

    void send(byte[] request) {
        channel.pipeline().addLast(this);
        attempt.clock().enter(Phase.RESPONSE);
        channel.writeAndFlush(channel.alloc().directBuffer(request.length).writeBytes(request), channel.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!over) {
                answering();
                read(bytes);
            }
        } catch (MalformedAnswer e) {
            fail(e.reason(), e.text());
        } finally {
            bytes.release();
        }
    }

    private void answering() {
        if (!answering) {
            answering = true;
            attempt.clock().enter(Phase.TRANSFER);
        }
    }

    private void read(ByteBuf bytes) throws MalformedAnswer {
        byte[] scratch = attempt.lane().scratch();
        while (bytes.isReadable() && !decoder.done()) {
            int count = Math.min(bytes.readableBytes(), scratch.length);
            bytes.readBytes(scratch, 0, count);
            decoder.feed(scratch, 0, count);
            if (decoder.headComplete() && chase.follows(decoder.head())) {
                abandon();
                chase.redirected(decoder.head());
                return;
            }
        }
        if (decoder.done()) {
            end();
        }
    }

    private void end() {
        over = true;
        chase.answered(decoder.head(), body.content(), channel);
        close();
    }

    private void fail(Reason reason, String detail) {
        if (!over) {
            over = true;
            chase.failed(reason, detail);
            close();
        }
    }

    @Override
    public void abandon() {
        over = true;
        close();
    }

    private void close() {
        body.close();
        channel.close();
    }

    @Override
    public int status() {
        return decoder.head().status();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (over) {
            return;
        }
        try {
            decoder.end();
            end();
        } catch (MalformedAnswer e) {
            fail(e.reason(), e.text());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        boolean ssl = thrown instanceof SSLException || thrown.getCause() instanceof SSLException;
        String said = String.valueOf(thrown.getMessage());
        if (ssl) {
            TlsFailure failure = TlsFailure.of(thrown);
            fail(failure.reason(), failure.text());
        } else if (thrown instanceof IOException && said.contains("reset")) {
            fail(Reason.CONNECTION_RESET, answering ? "reset in the middle of the answer" : "reset without an answer");
        } else if (!(thrown instanceof IOException) && !over) {
            abandon();
            chase.unable("the answer could not be handled: " + thrown);
        } // a request that could not be written whole may have its answer all the same; else the connection closes
    }
}
