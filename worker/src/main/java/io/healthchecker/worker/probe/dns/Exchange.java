package io.healthchecker.worker.probe.dns;

import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.dial.Phase;
import io.healthchecker.worker.dial.TlsFailure;
import io.healthchecker.worker.probe.Attempt;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.PortUnreachableException;
import javax.net.ssl.SSLException;

/** A question sent over one channel, and what comes back. */
abstract class Exchange extends ChannelInboundHandlerAdapter {
    private final Attempt attempt;
    private final Channel channel;
    private final Asking asking;
    private int strangers;
    private boolean over;

    Exchange(Attempt attempt, Channel channel, Asking asking) {
        this.attempt = attempt;
        this.channel = channel;
        this.asking = asking;
    }

    void begin() {
        channel.pipeline().addLast(this);
        attempt.clock().enter(Phase.RESPONSE);
        send();
    }

    /** Sends the question. */
    abstract void send();

    Attempt attempt() {
        return attempt;
    }

    Channel channel() {
        return channel;
    }

    boolean isOver() {
        return over;
    }

    /** A whole message has come. */
    void message(byte[] message) {
        if (!over && !asking.heard(message, channel)) {
            strangers++;
        }
    }

    /** What has come that was no answer, to stand behind “after 5000 ms at 192.0.2.53:53”. */
    String sofar() {
        return strangers == 0 ? "" : ", where %d messages were no answers to this question".formatted(strangers);
    }

    void fail(Reason reason, String detail) {
        if (!over) {
            asking.failedAsking(reason, detail);
        }
    }

    /** Ends it without another word. */
    void end() {
        over = true;
        hangUp();
    }

    void hangUp() {
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(Reason.CONNECTION_CLOSED, "closed without an answer");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        String said = String.valueOf(thrown.getMessage());
        if (thrown instanceof SSLException || thrown.getCause() instanceof SSLException) {
            TlsFailure failure = TlsFailure.of(thrown);
            fail(failure.reason(), failure.text());
        } else if (thrown instanceof PortUnreachableException || said.contains("refused")) {
            fail(Reason.CONNECT_REFUSED, "refused");
        } else if (said.contains("No route to host") || said.contains("unreachable")) {
            fail(Reason.CONNECT_UNREACHABLE, "no route");
        } else if (thrown instanceof IOException) {
            fail(Reason.CONNECTION_RESET, "reset without an answer");
        } else if (!over) {
            asking.unable("the answer could not be handled: " + thrown);
        }
    }
}
