package io.healthchecker.worker.dial;

import io.healthchecker.worker.dial.Handshakes.Turn;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Encrypts one connection, as soon as there is room among the lane's handshakes. */
final class Handshake {
    private final Lane lane;
    private final Channel channel;
    private final PhaseClock clock;
    private final Dial dial;
    private final Cut cut = new Cut();
    private final Turn turn;
    private boolean over;

    Handshake(Lane lane, Channel channel, PhaseClock clock, Dial dial, Supplier<SslHandler> tls) {
        this.lane = lane;
        this.channel = channel;
        this.clock = clock;
        this.dial = dial;
        this.turn = new Turn(() -> begin(tls));
    }

    void enter() {
        lane.handshakes().enter(turn);
    }

    private boolean begin(Supplier<SslHandler> tls) {
        if (over) {
            return false;
        }
        clock.enter(Phase.TLS);
        SslHandler handler = tls.get();
        channel.pipeline().addLast(handler, cut);
        handler.handshakeFuture().addListener(this::ended);
        return true;
    }

    private void ended(Future<? super Channel> done) {
        lane.handshakes().leave(turn);
        if (over) {
            return;
        }
        over = true;
        if (done.isSuccess()) {
            channel.pipeline().remove(cut);
            dial.encrypted(channel);
        } else {
            channel.close();
            TlsFailure failure = TlsFailure.of(cut.cause == null ? done.cause() : cut.cause);
            dial.failed(failure.reason(), failure.text());
        }
    }

    void abandon() {
        if (!over) {
            over = true;
            lane.handshakes().leave(turn);
            channel.close();
        }
    }

    /** Why the connection was cut, of which the handshake's future says only that it was; and keeps it from being logged. */
    private static final class Cut extends ChannelInboundHandlerAdapter {
        private @Nullable IOException cause;

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
            if (thrown instanceof IOException io && !(thrown instanceof SSLException)) {
                cause = io;
            }
        }
    }
}
