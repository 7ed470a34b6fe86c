package io.healthchecker.worker.dial;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Encrypts one connection, as soon as there is room among the lane's handshakes. */
final class Handshake {
    private static final long LEASE_MILLIS = 500; // a server that is silent for so long costs us nothing any more

    private static final ChannelHandler QUIET = new Quiet();

    private final Lane lane;
    private final Channel channel;
    private final PhaseClock clock;
    private final Dial dial;
    private @Nullable ScheduledFuture<?> lease;
    private boolean over;

    Handshake(Lane lane, Channel channel, PhaseClock clock, Dial dial) {
        this.lane = lane;
        this.channel = channel;
        this.clock = clock;
        this.dial = dial;
    }

    void enter(Supplier<SslHandler> tls) {
        lane.handshakes().enter(() -> begin(tls));
    }

    private boolean begin(Supplier<SslHandler> tls) {
        if (over) {
            return false;
        }
        clock.enter(Phase.TLS);
        lease = lane.loop().schedule(this::leave, LEASE_MILLIS, TimeUnit.MILLISECONDS);
        SslHandler handler = tls.get();
        channel.pipeline().addLast(handler, QUIET);
        handler.handshakeFuture().addListener(this::ended);
        return true;
    }

    private void ended(Future<? super Channel> done) {
        leave();
        if (over) {
            return;
        }
        over = true;
        if (done.isSuccess()) {
            channel.pipeline().remove(QUIET);
            dial.encrypted(channel);
        } else {
            channel.close();
            TlsFailure failure = TlsFailure.of(done.cause());
            dial.failed(failure.reason(), failure.text());
        }
    }

    private void leave() {
        if (lease != null) {
            lease.cancel(false);
            lease = null;
            lane.handshakes().leave();
        }
    }

    void abandon() {
        if (!over) {
            over = true;
            leave();
            channel.close();
        }
    }

    /** Keeps an exception from being logged that the handshake's future tells anyway. */
    @Sharable
    private static final class Quiet extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable told) {}
    }
}
